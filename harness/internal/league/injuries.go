package league

// injured returns for each day of a season whether the player is out.
func injured(seed uint64, s season, p *player) []bool {
	r := stream(seed, "injuries", s.name, p.lookup)
	out := make([]bool, s.last.DaysSince(s.first)+1)
	const usualDaysBetween = 75
	most := 2 * usualDaysBetween * 100 / p.frail
	for day := r.IntN(most + 1); day < len(out); day += between(r, 5, most) {
		length := between(r, 1, 6) // a knock
		switch n := r.IntN(10); {
		case n == 0:
			length = between(r, 35, 110) // an operation
		case n <= 3:
			length = between(r, 8, 30) // a strain
		}
		for ; length > 0 && day < len(out); length-- {
			out[day] = true
			day++
		}
	}
	return out
}
