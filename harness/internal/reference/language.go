package reference

import (
	"context"
	"maps"
	"slices"
)

// languageProto holds the options of the language. Those that this package
// does not touch stay as the server gave them.
type languageProto map[string]any

// The server offers every feature that is finished in its version. BigQuery
// has a few that were not, and lacks a few that were.
var (
	featuresAdded = []string{
		"FEATURE_INTERVAL_TYPE",
		"FEATURE_TIME_BUCKET_FUNCTIONS",
		"FEATURE_V_1_3_COLLATION_SUPPORT",
		"FEATURE_V_1_4_CORRESPONDING_BY",
		"FEATURE_V_1_4_LIKE_ANY_SOME_ALL_ARRAY",
		"FEATURE_V_1_4_LIKE_ANY_SOME_ALL_SUBQUERY",
	}
	featuresDropped = []string{
		"FEATURE_TIMESTAMP_NANOS", // a TIMESTAMP has microseconds
		"FEATURE_EXPERIMENTAL_MODULES",
		"FEATURE_ANONYMIZATION_CASE_INSENSITIVE_OPTIONS",
	}
)

// bigQueryLanguage asks the server for its options and makes BigQuery of them.
func bigQueryLanguage(ctx context.Context, b *bridge) (languageProto, error) {
	var options languageProto
	if err := b.call(ctx, "GetLanguageOptions", map[string]bool{"maximumFeatures": true}, &options); err != nil {
		return nil, err
	}
	enabled := map[string]bool{}
	offered, _ := options["enabledLanguageFeatures"].([]any)
	for _, name := range offered {
		if name, ok := name.(string); ok {
			enabled[name] = true
		}
	}
	for _, name := range featuresAdded {
		enabled[name] = true
	}
	for _, name := range featuresDropped {
		delete(enabled, name)
	}
	options["enabledLanguageFeatures"] = slices.Sorted(maps.Keys(enabled))
	options["supportedStatementKinds"] = []string{"RESOLVED_QUERY_STMT"}
	options["productMode"] = "PRODUCT_EXTERNAL" // the names and types of BigQuery
	return options, nil
}
