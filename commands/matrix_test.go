package commands

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// asked is an office of which some clients answered.
type asked map[analysis.GroupID]value.Truth

func (a asked) Rating(_ context.Context, g analysis.GroupID, _ analysis.Day) (survey.Rating, bool, error) {
	return survey.Rating{}, false, nil
}

func (a asked) Ratings(context.Context, analysis.Day) (map[analysis.GroupID]survey.Rating, error) {
	return nil, nil
}

func (a asked) RatingsHigh(context.Context, analysis.Day) (map[analysis.GroupID]value.Truth, error) {
	return a, nil
}

func (a asked) Themes(_ context.Context, groups []analysis.GroupID, _ analysis.Day) ([]view.TypeTheme, error) {
	for _, g := range groups {
		if a[g] != value.NotKnown {
			return []view.TypeTheme{{Name: "opvolging", Importance: 8.4, Performance: 6}}, nil
		}
	}
	return nil, nil
}

// segmentedOffice has a final segmentation of a year ago.
func segmentedOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.bakers(24)
	ctx := context.Background()
	use := Segmentation{Portfolio: o.db, Judgements: o.db, Segments: o.db, Settings: o.db, Store: o.db}
	req := Request{Key: "draft", At: at.AddDate(-1, 0, 0), Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}}
	if _, err := use.Draft(ctx, req); err != nil {
		t.Fatal(err)
	}
	req.Key = "final"
	if _, err := use.Finalize(ctx, req); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) pyramid(r Ratings) Pyramid {
	return Pyramid{Portfolio: o.db, Segments: o.db, Managers: o.db, Roster: o.db, Store: o.db, Ratings: r,
		Market: NewMarket(o.db, o.db, o.db, time.Minute), Now: func() time.Time { return at }}
}

var director = analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.PartnerRole)}

// TestMatrix: without answers everybody waits for a rating; with them each group
// stands in its cell, and revenue and groups are those of the segmentation.
func TestMatrix(t *testing.T) {
	o := segmentedOffice(t)
	ctx, today := context.Background(), analysis.DayOf(at)
	f, err := o.pyramid(nil).Matrix(ctx, director, today)
	if err != nil || f.Version == nil || f.Measured != 0 || f.High == 0 {
		t.Fatalf("%+v, %v", f, err)
	}
	unrated := f.Cells[len(f.Cells)-1]
	if unrated.Cell != analysis.NotMeasured || unrated.Groups < f.High {
		t.Errorf("not measured: %+v", unrated)
	}
	items, err := o.db.Items(ctx, f.Version.ID)
	if err != nil {
		t.Fatal(err)
	}
	answers := asked{}
	for _, i := range items {
		if i.Segment.High() {
			answers[i.Group] = value.No
			break
		}
	}
	f, err = o.pyramid(answers).Matrix(ctx, director, today)
	if err != nil || f.Measured != 1 || f.Cells[1].Cell != analysis.Recover || f.Cells[1].Groups != 1 || f.Cells[1].Revenue <= 0 {
		t.Errorf("with one answer: %+v, %v", f, err)
	}
	if _, err := o.pyramid(nil).Matrix(ctx, analysis.Actor{User: "U0"}, today); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("nobody sees %v", err)
	}
}

// TestTypes: every group with a segment has a row, and the strategy of a type
// names the themes of its clients once they were asked.
func TestTypes(t *testing.T) {
	o := segmentedOffice(t)
	ctx, today := context.Background(), analysis.DayOf(at)
	f, err := o.pyramid(nil).Types(ctx, director, today)
	if err != nil || len(f.Rows) != 5 || f.Groups == 0 || len(f.points) == 0 {
		t.Fatalf("%+v, %v", f, err)
	}
	groups := 0
	for _, r := range f.Rows {
		groups += r.Groups
		if len(r.Themes) > 0 || r.Type != "" && r.Strategy.Type != r.Type {
			t.Errorf("%+v", r)
		}
	}
	if groups != f.Groups {
		t.Errorf("%d groups in rows, %d in all", groups, f.Groups)
	}
	drawn := f.drawn()
	if drawn.Values.Border <= 0 || drawn.Values.Border > 100 {
		t.Errorf("scale %+v", drawn.Values)
	}
	for _, point := range drawn.Points {
		high := point.Type == analysis.Strategic || point.Type == analysis.Developing
		if !(point.Potential >= 0 && point.Potential <= 1) || high != (point.Potential >= .5) {
			t.Errorf("%+v stands on the other side", point)
		}
	}
	answers := asked{}
	items, err := o.db.Items(ctx, f.Version.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		answers[i.Group] = value.Yes
	}
	f, err = o.pyramid(answers).Types(ctx, director, today)
	for _, r := range f.Rows {
		if (r.Groups > 0) != (len(r.Themes) > 0) {
			t.Errorf("themes of %+v, %v", r, err)
		}
	}
}

// TestPictures: the pictures of the matrix and the types are drawn when they are
// sent, with words for who can not see them.
func TestPictures(t *testing.T) {
	o := segmentedOffice(t)
	ctx := context.Background()
	p := o.pyramid(nil)
	for _, c := range []struct {
		what   string
		letter Letter
		alt    string
	}{{"matrix", p.MatrixLetter, "Nog geen waardering"}, {"types", p.TypesLetter, "klant"}} {
		o.keys++
		req := Request{Key: fmt.Sprint("k", o.keys), Actor: director, Lang: "nl", At: at, Value: c.what}
		if _, err := p.Send(ctx, req); err != nil {
			t.Fatal(err)
		}
		entry, err := o.db.Entry(ctx, "pyramid/"+req.Key)
		if err != nil || entry.Kind != "pyramid."+c.what {
			t.Fatalf("%+v, %v", entry, err)
		}
		m, err := c.letter(ctx, entry)
		if err != nil || m.Picture == nil || !strings.Contains(m.Picture.Alt, c.alt) || len(m.Picture.PNG) < 1000 {
			t.Errorf("%s: %+v, %v", c.what, m.Picture, err)
		}
	}
	unsegmented := newOffice(t).pyramid(nil)
	for _, letter := range []Letter{unsegmented.MatrixLetter, unsegmented.TypesLetter} {
		if _, err := letter(ctx, storage.LedgerEntry{Lang: "nl", At: at}); analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("without a segmentation: %v", err)
		}
	}
}

// TestMovers: who moved since the last final segmentation, who was lost first,
// a page at a time; the names only of groups that the asker may see.
func TestMovers(t *testing.T) {
	o := segmentedOffice(t)
	var lines []analysis.StagedLine
	for i := range 15 { // nobody of these earned anything a year ago
		lines = append(lines, analysis.StagedLine{Line: i + 1, Number: fmt.Sprint(500 + i), Day: analysis.Date(2026, 8, 1), Service: "Advies", Amount: analysis.Cents(1000 * (i + 1))})
	}
	stage(t, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(context.Background(), lines) })
	ask := func(value string) view.Message {
		t.Helper()
		o.keys++
		reply, err := o.pyramid(nil).Moved(context.Background(), Request{Key: fmt.Sprint("k", o.keys), Actor: director, Lang: "nl", At: at, Value: value})
		if err != nil || reply.Now == nil {
			t.Fatalf("%+v, %v", reply, err)
		}
		return *reply.Now
	}
	first := shown(t, Say(ask("0")))
	if !strings.Contains(first, "Volgende") || !strings.Contains(first, "gewonnen: ") || strings.Contains(first, "Vorige") {
		t.Errorf("first page: %s", first)
	}
	if last := shown(t, Say(ask("100000"))); !strings.Contains(last, "Vorige") || strings.Contains(last, "Volgende") {
		t.Errorf("beyond the last page: %s", last)
	}
	if odd := shown(t, Say(ask("-5; DROP"))); !strings.Contains(odd, "Wie verschoof") {
		t.Errorf("a value of somebody else's: %s", odd)
	}
	if _, err := newOffice(t).pyramid(nil).Moved(context.Background(), Request{Key: "x", Actor: director, Lang: "nl", At: at}); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("without a segmentation: %v", err)
	}
}
