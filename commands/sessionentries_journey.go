package commands

// sessionJourneyEntries are the part of the table that a klantreis carries.
func sessionJourneyEntries(_ SessionScreens) []Entry { return nil }
