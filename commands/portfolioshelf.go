package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
)

// The orders of a portfolio; "" is by segment and then revenue. Those of
// potentials are what is asked of it.
const (
	orderRevenue   = "revenue"
	orderValue     = "value"
	orderPotential = "potential"
	orderName      = "name"

	potentialHigh    = "high"
	potentialLow     = "low"
	potentialUnknown = "unknown" // nog te bepalen

	kindUnknown = "unknown" // a client type nog te bepalen
)

// shelf is which relatiegroepen are listed, and in which order: those a manager
// holds or answers for, or all; of one segment, type or potential, or of all.
type shelf struct {
	manager   analysis.ManagerID
	segment   analysis.Segment
	kind      string // a client type, or kindUnknown
	potential string
	order     string
	title     string // as people read it; empty for the office
}

// value names s in a button: ids only. What is not asked is left out, as it
// always was.
func (s shelf) value(offset int) string {
	v := fmt.Sprintf("%d/%s/%d", s.manager, s.segment, offset)
	if s.kind != "" || s.potential != "" || s.order != "" {
		v += "/" + s.kind + "/" + s.potential + "/" + s.order
	}
	return v
}

// shelfOf reads a button's value back. What it says is looked up again.
func shelfOf(v string) (s shelf, offset int, err error) {
	gone := analysis.Fail(analysis.NotFound, "portfolio.gone", nil)
	parts := strings.Split(v, "/")
	if len(parts) != 3 && len(parts) != 6 {
		return s, 0, gone
	}
	manager, err := strconv.ParseInt(parts[0], 10, 64)
	offset, wrong := strconv.Atoi(parts[2])
	s.manager, s.segment = analysis.ManagerID(manager), analysis.Segment(parts[1])
	if err != nil || wrong != nil || manager < 0 || offset < 0 || s.segment != "" && !slices.Contains(analysis.Segments(), s.segment) {
		return s, 0, gone
	}
	if len(parts) == 6 {
		s.kind, s.potential, s.order = parts[3], parts[4], parts[5]
	}
	kinds := []string{"", kindUnknown}
	for _, t := range analysis.ClientTypes() {
		kinds = append(kinds, string(t))
	}
	if !slices.Contains(kinds, s.kind) || !slices.Contains([]string{"", potentialHigh, potentialLow, potentialUnknown}, s.potential) ||
		!slices.Contains([]string{"", orderRevenue, orderValue, orderPotential, orderName}, s.order) {
		return s, 0, gone
	}
	return s, offset, nil
}

// kindWords are the client types as people type them.
var kindWords = map[string]analysis.ClientType{
	"transactioneel": analysis.Transactional, "transactionele": analysis.Transactional, "transactional": analysis.Transactional,
	"groot": analysis.Large, "grote": analysis.Large, "large": analysis.Large,
	"ontwikkel": analysis.Developing, "ontwikkelklant": analysis.Developing, "ontwikkelklanten": analysis.Developing, "developing": analysis.Developing,
	"strategisch": analysis.Strategic, "strategische": analysis.Strategic, "strategic": analysis.Strategic,
}

// typed reads what stands after the command, in any order.
func (c Portfolio) typed(ctx context.Context, actor analysis.Actor, words string) (shelf, error) {
	var s shelf
	office := false
	for _, word := range strings.Fields(words) {
		letter := analysis.Segment(strings.ToUpper(word))
		switch lower := strings.ToLower(word); {
		case slices.Contains(analysis.Segments(), letter):
			s.segment = letter
		case kindWords[lower] != "":
			s.kind = string(kindWords[lower])
		case lower == "segment" || lower == "klant" || lower == "klanten" || lower == "client" || lower == "clients":
		case lower == "kantoor" || lower == "office":
			office = true
		case lower == "mij" || lower == "mijn" || lower == "ik" || lower == "me" || lower == "mine":
			if actor.Manager == 0 {
				return s, analysis.Fail(analysis.Invalid, "portfolio.none", nil)
			}
			s.manager = actor.Manager
		case strings.Contains(word, "@"):
			m, err := c.Managers.ManagerByEmail(ctx, strings.TrimPrefix(word, "@"))
			if err != nil && analysis.KindOf(err) == analysis.NotFound {
				return s, analysis.Fail(analysis.Invalid, "portfolio.unknown", analysis.Args{"typed": word})
			}
			if err != nil {
				return s, fmt.Errorf("find the manager: %w", err)
			}
			s.manager = m.ID
		default:
			return s, analysis.Fail(analysis.Invalid, "portfolio.unknown", analysis.Args{"typed": word})
		}
	}
	return c.settled(ctx, actor, s, office)
}

// settled fills in whose portfolio is meant where nobody was named: one's own,
// else the office's for whoever leads it.
func (c Portfolio) settled(ctx context.Context, actor analysis.Actor, s shelf, office bool) (shelf, error) {
	if s.manager == 0 && !office {
		leads := analysis.Allow(actor, analysis.DraftSegments, analysis.Subject{})
		if actor.Manager == 0 && !leads && s.segment == "" && s.kind == "" {
			return s, analysis.Fail(analysis.Invalid, "portfolio.none", nil)
		}
		s.manager = actor.Manager
	}
	if s.manager == 0 {
		return s, nil
	}
	m, err := c.Managers.Manager(ctx, s.manager)
	if err != nil {
		return s, fmt.Errorf("read manager %d: %w", s.manager, err)
	}
	s.title = nameOf(m)
	return s, nil
}
