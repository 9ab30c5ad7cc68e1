package commands

import (
	"context"
	"fmt"
	"io"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// typesLetter is the kind of ledger entry that posts the client types as a
// picture.
const typesLetter = "pyramid.types"

// types answers /piramide klanttypen: how many clients of each type there are,
// what they bring, and how the office approaches them.
func (c Pyramid) types(ctx context.Context, req Request) (Reply, error) {
	f, err := c.Types(ctx, req.Actor, req.today())
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "pyramid.types"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return Say(view.TypesMessage(p, f.TypesFigures, pictures(req, "types", f.Version != nil))), nil
}

// typed are the client types with the groups one by one, for the picture.
type typed struct {
	view.TypesFigures
	points []chart.TypePoint
	border float64 // lowest value that made a B
}

// Types returns the client types of the office, by the segments that count today.
// Groups without a segment have no type and are left out.
func (c Pyramid) Types(ctx context.Context, actor analysis.Actor, asOf analysis.Day) (typed, error) {
	f := typed{TypesFigures: view.TypesFigures{AsOf: asOf}}
	o, err := c.segmented(ctx, actor)
	if err != nil || o == nil {
		return f, err
	}
	office, err := c.Market.now(ctx, asOf)
	if err != nil {
		return f, fmt.Errorf("ask what similar clients buy: %w", err)
	}
	f.Version = &o.version
	groups := map[analysis.ClientType][]analysis.GroupID{}
	rows := map[analysis.ClientType]*view.TypeRow{}
	for _, kind := range append(analysis.ClientTypes(), "") {
		rows[kind] = &view.TypeRow{Type: kind, Strategy: office.strategy(kind)}
	}
	f.border = 100
	for _, item := range o.items {
		segment := o.standing[item.Group]
		if segment == "" {
			continue
		}
		kind := office.typeOf(held{group: item.Group, segment: segment})
		row := rows[kind]
		row.Groups, row.Revenue = row.Groups+1, row.Revenue+item.Yearly
		groups[kind] = append(groups[kind], item.Group)
		if item.Segment.High() {
			f.border = min(f.border, item.Score)
		}
		if kind != "" {
			f.points = append(f.points, chart.TypePoint{Value: item.Score, Potential: office.relativePotential(item.Group), Type: kind, Revenue: item.Yearly})
		}
	}
	for _, kind := range append(analysis.ClientTypes(), "") {
		row := *rows[kind]
		if row.Themes, err = c.themes(ctx, groups[kind], asOf); err != nil {
			return f, err
		}
		f.Rows = append(f.Rows, row)
		f.Groups, f.Revenue = f.Groups+row.Groups, f.Revenue+row.Revenue
	}
	return f, nil
}

func (c Pyramid) themes(ctx context.Context, groups []analysis.GroupID, asOf analysis.Day) ([]view.TypeTheme, error) {
	if c.Ratings == nil || len(groups) == 0 {
		return nil, nil
	}
	themes, err := c.Ratings.Themes(ctx, groups, asOf)
	if err != nil {
		return nil, fmt.Errorf("read the themes of a client type: %w", err)
	}
	return themes, nil
}

// TypesLetter draws the client types when they are sent.
func (c Pyramid) TypesLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	f, err := c.Types(ctx, operatorOf(e), Request{At: e.At}.today())
	if err != nil {
		return view.Message{}, err
	}
	if f.Version == nil {
		return view.Message{}, analysis.Fail(analysis.NotFound, "pyramid.unsegmented", nil)
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	drawn, options := f.drawn(), chart.Options{AsOf: f.Version.AsOf}
	m := view.TypesMessage(p, f.TypesFigures, view.PyramidActions{})
	return pictured(m, fmt.Sprintf("klanttypen-%s", f.AsOf), chart.ClientTypesText(p, drawn, options),
		func(w io.Writer) error { return chart.ClientTypes(w, p, drawn, options) })
}

// drawn is what the picture is made of.
func (f typed) drawn() chart.Types {
	t := chart.Types{Cells: map[analysis.ClientType]chart.Cell{}, Points: f.points, Values: chart.Scale{Border: f.border, High: 100},
		Potentials: chart.Scale{Border: .5, High: 1}}
	for _, row := range f.Rows {
		t.Cells[row.Type] = chart.Cell{Groups: row.Groups, Revenue: row.Revenue}
	}
	return t
}

// relativePotential is p/(p+b), 0..1: the potential of a group beside the least
// that counts as high among its kind. Every soort klant has a border of its own,
// and so they all share one axis, cut in the middle. Nothing stands at 0; where
// the border is nothing, so does everything that is low.
func (s *surveyed) relativePotential(group analysis.GroupID) float64 {
	row, ok := s.row(group)
	if !ok {
		return 0
	}
	p, border := s.potentialOf(group), s.settings.Potential.High
	switch {
	case p.Basis == value.BasisJudged && p.Judged == value.ChanceMuch:
		return .75
	case p.Basis == value.BasisJudged && p.Judged == value.ChanceSome:
		return .25
	case border <= 0:
		border, _ = s.market.Border(s.kind(row))
	}
	if p.Amount <= 0 {
		return 0
	}
	return p.Amount.Euros() / (p.Amount + border).Euros()
}

// strategy is how the office approaches a client type; that of nog te bepalen is
// empty.
func (s *surveyed) strategy(kind analysis.ClientType) value.Strategy {
	if s == nil || kind == "" {
		return value.Strategy{Type: kind}
	}
	return s.settings.Strategy(kind)
}
