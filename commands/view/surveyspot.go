package view

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
)

// SurveyPart is one screen of a report; the first is the headline.
type SurveyPart string

// The parts.
const (
	SurveyHead   SurveyPart = "head"
	SurveySides  SurveyPart = "sides"  // the four perspectives
	SurveyThemes SurveyPart = "themes" // all themes
	SurveyTheme  SurveyPart = "theme"  // one of them
	SurveySaid   SurveyPart = "said"   // in their own words
	SurveyQuotes SurveyPart = "quotes" // one kind of those, a page
	SurveyWorth  SurveyPart = "worth"  // appreciation, benefits, understood
	SurveyCuts   SurveyPart = "cuts"   // of whom it may be about
)

// SurveySpot is where somebody is in a report. It travels in buttons and is not
// trusted: who may see what is asked of every press.
type SurveySpot struct {
	Wave   analysis.WaveID
	Part   SurveyPart
	Cut    SurveyCut
	About  string // a theme's mark, or a kind of quotes; may be empty
	Offset int    // where a page begins
}

// String is the spot as a button's value.
func (s SurveySpot) String() string {
	return fmt.Sprintf("%d/%s/%s/%s/%d", s.Wave, s.Part, s.Cut, s.About, s.Offset)
}

// To is another part of the same report.
func (s SurveySpot) To(part SurveyPart, about string) SurveySpot {
	s.Part, s.About, s.Offset = part, about, 0
	return s
}

// At is another page of the same part.
func (s SurveySpot) At(offset int) SurveySpot {
	s.Offset = max(0, offset)
	return s
}

// ParseSurveySpot reads what String wrote; false where it is something else.
func ParseSurveySpot(value string) (SurveySpot, bool) {
	parts := strings.Split(value, "/")
	if len(parts) != 5 {
		return SurveySpot{}, false
	}
	wave, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || wave <= 0 {
		return SurveySpot{}, false
	}
	cut, ok := parseSurveyCut(parts[2])
	offset, err := strconv.Atoi(parts[4])
	if !ok || err != nil || offset < 0 || len(parts[3]) > 20 {
		return SurveySpot{}, false
	}
	return SurveySpot{Wave: analysis.WaveID(wave), Part: SurveyPart(parts[1]), Cut: cut, About: parts[3], Offset: offset}, true
}

// SurveyCut is whom a report is about: everybody who answered when it is zero,
// else exactly one of its fields says which of them.
type SurveyCut struct {
	Segment analysis.Segment
	Manager analysis.ManagerID
	Market  string // the mark of a focus market
}

// Whole reports whether nobody is left out.
func (c SurveyCut) Whole() bool { return c == SurveyCut{} }

// String writes the cut with a letter for its field; empty for everybody.
func (c SurveyCut) String() string {
	switch {
	case c.Segment != "":
		return "s" + string(c.Segment)
	case c.Manager != 0:
		return "m" + strconv.FormatInt(int64(c.Manager), 10)
	case c.Market != "":
		return "k" + c.Market
	}
	return ""
}

func parseSurveyCut(s string) (SurveyCut, bool) {
	if s == "" {
		return SurveyCut{}, true
	}
	switch s[0] {
	case 's':
		segment := analysis.Segment(s[1:])
		for _, known := range analysis.Segments() {
			if segment == known {
				return SurveyCut{Segment: segment}, true
			}
		}
	case 'm':
		id, err := strconv.ParseInt(s[1:], 10, 64)
		return SurveyCut{Manager: analysis.ManagerID(id)}, err == nil && id > 0
	case 'k':
		return SurveyCut{Market: s[1:]}, len(s) > 1 && len(s) < 20
	}
	return SurveyCut{}, false
}

// SurveyMark stands for the name of a theme or a market in a button, which holds
// no words of people. It stays the same while the name does.
func SurveyMark(name string) string {
	h := fnv.New32a()
	h.Write([]byte(survey.ThemeName(name)))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
