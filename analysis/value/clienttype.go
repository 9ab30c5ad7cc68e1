package value

import "klantbot/analysis"

// TypeOf returns the client type: value is high in A and B, potential as
// Potential.High says. It is empty, "nog te bepalen", where the group has no
// segment or its potential is not known: unknown is never low. Source:
// DOMAIN.md, "Client type"; the axes are our choice.
func TypeOf(segment analysis.Segment, potentialHigh Truth) analysis.ClientType {
	if segment == "" || potentialHigh == NotKnown {
		return ""
	}
	switch high := potentialHigh == Yes; {
	case segment.High() && high:
		return analysis.Strategic
	case segment.High():
		return analysis.Large
	case high:
		return analysis.Developing
	}
	return analysis.Transactional
}
