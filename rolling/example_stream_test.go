package rolling_test

import (
	"errors"
	"fmt"

	"github.com/intactdata/intact/rolling"
)

// A process that gets its rows one by one keeps a calculator for each entity.
func ExampleCalculator() {
	spec, err := rolling.Parse("points_avg_last_2")
	if err != nil {
		fmt.Println(err)
		return
	}
	stream, err := rolling.NewStream(rolling.StreamConfig{
		Columns: []rolling.Column{rolling.Float64s("points", nil, nil)},
		Specs:   []rolling.Spec{spec},
		Expects: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	player := stream.Calculator()
	for day, points := range []float64{10, 20, 40} {
		if err := player.Expect(rolling.Expectation{At: int64(day)}); err != nil {
			fmt.Println(err)
		}
		if day == 1 {
			continue // this row is late
		}
		if err := player.Push(rolling.Observation{At: int64(day), Counted: rolling.True, Values: []rolling.Value{rolling.Float64(points)}}); err != nil {
			fmt.Println(err)
		}
	}
	show := func() {
		a, err := player.Window(0, rolling.Point{At: 3}, 0)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(a.Float64())
	}
	show()
	if err := player.Replay(rolling.Observation{At: 1, Counted: rolling.True, Values: []rolling.Value{rolling.Float64(20)}}); err != nil {
		fmt.Println(err)
	}
	show()
	// Output:
	// NaN gap
	// 30 whole
}

// A process that ends writes down what its calculators hold, and the next one goes on
// as if it had seen every row. A snapshot of another stream is refused.
func ExampleStream_Restore() {
	spec, err := rolling.Parse("points_avg_last_2")
	if err != nil {
		fmt.Println(err)
		return
	}
	config := rolling.StreamConfig{Columns: []rolling.Column{rolling.Float64s("points", nil, nil)}, Specs: []rolling.Spec{spec}}
	stream, err := rolling.NewStream(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	player := stream.Calculator()
	for day, points := range []float64{10, 20, 40} {
		if err := player.Push(rolling.Observation{At: int64(day), Counted: rolling.True, Values: []rolling.Value{rolling.Float64(points)}}); err != nil {
			fmt.Println(err)
		}
	}
	snapshot := player.Snapshot(nil)

	restored, err := stream.Restore(snapshot)
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := restored.Window(0, rolling.Point{At: 3}, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Float64())

	config.Expects = true
	another, err := rolling.NewStream(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = another.Restore(snapshot)
	fmt.Println(errors.Is(err, rolling.ErrSnapshot))
	// Output:
	// 30 whole
	// true
}
