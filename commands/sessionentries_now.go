package commands

// sessionNowEntries are the part of the table that a session nu-3jaar carries.
func sessionNowEntries(_ SessionScreens) []Entry { return nil }
