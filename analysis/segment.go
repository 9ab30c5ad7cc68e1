package analysis

import "time"

// Segment is how much attention a relatiegroep gets: the outcome of the value
// score, or of a person's override.
type Segment string

// The segments, most attention first.
const (
	SegmentA Segment = "A"
	SegmentB Segment = "B"
	SegmentC Segment = "C"
	SegmentD Segment = "D"
)

// Segments lists them, most attention first.
func Segments() []Segment { return []Segment{SegmentA, SegmentB, SegmentC, SegmentD} }

// High reports whether s counts as high value: A or B.
func (s Segment) High() bool { return s == SegmentA || s == SegmentB }

// ClientType is value against potential: which approach fits.
type ClientType string

// The client types. The axes are our choice and can be changed by the office.
const (
	Transactional ClientType = "transactioneel" // low value, low potential
	Large         ClientType = "groot"          // high value, low potential
	Developing    ClientType = "ontwikkel"      // low value, high potential
	Strategic     ClientType = "strategisch"    // high value, high potential
)

// ClientTypes lists them from least to most value and potential.
func ClientTypes() []ClientType { return []ClientType{Transactional, Large, Developing, Strategic} }

// VersionID identifies a segmentation. Numbers rise; a final one never changes.
type VersionID int64

// VersionState says whether a segmentation is still worked on.
type VersionState string

// The states of a segmentation.
const (
	Draft VersionState = "concept"
	Final VersionState = "definitief"
)

// SegmentVersion is one segmentation of the office.
type SegmentVersion struct {
	ID      VersionID
	State   VersionState
	AsOf    Day // the figures are as of this day
	By      UserID
	Made    time.Time
	FinalBy UserID    // empty while it is a draft
	FinalAt time.Time // zero while it is a draft
}

// SegmentItem is one relatiegroep in a segmentation.
type SegmentItem struct {
	Group    GroupID
	Score    float64 // 0..100
	Coverage float64 // 0..1: known weight / all weight
	Segment  Segment // by the score alone; empty: no yearly revenue, so not segmented
	Yearly   Cents
	Known    bool // Yearly is known
}

// Override is a person's segment in the place of the score's, with the reason.
type Override struct {
	Group     GroupID
	Segment   Segment // empty: the override is taken back
	Reason    string  // never empty
	Strategic bool    // a partner marked the group as strategic
	By        UserID
	At        time.Time
	Proposed  bool // by a manager; a partner has yet to decide
}
