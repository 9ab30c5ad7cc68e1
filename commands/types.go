package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"

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
			f.points = append(f.points, chart.TypePoint{Value: item.Score, Potential: office.potentialOf(item.Group).Amount.Euros(), Type: kind, Revenue: item.Yearly})
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

func (c Pyramid) themes(ctx context.Context, groups []analysis.GroupID, asOf analysis.Day) ([]string, error) {
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
	var png bytes.Buffer
	if err := chart.ClientTypes(&png, p, drawn, options); err != nil {
		return view.Message{}, fmt.Errorf("draw the client types: %w", err)
	}
	m := view.TypesMessage(p, f.TypesFigures, view.PyramidActions{})
	m.Picture = &view.Picture{Name: fmt.Sprintf("klanttypen-%s.png", f.AsOf), Alt: chart.ClientTypesText(p, drawn, options), PNG: png.Bytes()}
	return m, nil
}

// farPotential is the share of the groups whose potential ends the axis: the few
// beyond it stand at the edge, so that the others can be told apart.
const farPotential = .95

// drawn is what the picture is made of. Every soort klant has a border of its
// own; the axis is cut at the median of all.
func (f typed) drawn() chart.Types {
	t := chart.Types{Cells: map[analysis.ClientType]chart.Cell{}, Points: f.points, Values: chart.Scale{Border: f.border, High: 100}}
	for _, row := range f.Rows {
		t.Cells[row.Type] = chart.Cell{Groups: row.Groups, Revenue: row.Revenue}
	}
	all := make([]float64, 0, len(f.points))
	for _, point := range f.points {
		all = append(all, point.Potential)
	}
	slices.Sort(all)
	if n := len(all); n > 0 {
		t.Potentials = chart.Scale{Border: all[n/2], High: max(all[n/2]+1, all[int(farPotential*float64(n-1))])}
	}
	return t
}

// strategy is how the office approaches a client type; that of nog te bepalen is
// empty.
func (s *surveyed) strategy(kind analysis.ClientType) value.Strategy {
	if s == nil || kind == "" {
		return value.Strategy{Type: kind}
	}
	return s.settings.Strategy(kind)
}
