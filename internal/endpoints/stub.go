package endpoints

func prefix(service, region string) string { return "com.amazonaws." }

func suggest(name string) []string { return nil }

// UnsupportedZoneIDs returns zone ids.
func UnsupportedZoneIDs() []string { return nil }
