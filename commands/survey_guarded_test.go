package commands

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/storage"
)

// TestFewWhysStayAmongTheOthers: what one person of an anonymous wave answered to
// "waarom wij?" does not stand apart; five do.
func TestFewWhysStayAmongTheOthers(t *testing.T) {
	for said, apart := range map[int]bool{1: false, 4: false, 5: true} {
		o := newOffice(t)
		var rows []analysis.StagedResponse
		for i := range 12 {
			r := person(i, "", "")
			if i < said {
				r.Comments = append(r.Comments, analysis.SurveyComment{Question: "Waarom wij?", Text: fmt.Sprintf("Het kantoor zit naast manege %d.", i)})
			}
			rows = append(rows, r)
		}
		o.answers("Anoniem", analysis.AskedClients, false, rows)
		report, err := o.asked().Use.Report(context.Background(), pressedBy(o, partnerOf(), ""), "Anoniem", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := len(report.Leading().Summary.Why) > 0; got != apart {
			t.Errorf("%d answers stand apart: %v", said, got)
		}
	}
}

func partnerOf() analysis.Actor {
	return analysis.Actor{User: "U2", Roles: analysis.RolesOf(analysis.PartnerRole)}
}

// TestCutsOfAnonymousWavesTellOfNoFew reports an anonymous wave that grows, whole
// and by market, in any order. Whose words are quoted must be
// in a group that was recorded as shown; and of two groups of which the words were
// shown, those who are in one and not in the other must be nobody or five and more,
// since who knows the groups reads of whom the rest is.
func TestCutsOfAnonymousWavesTellOfNoFew(t *testing.T) {
	shown := map[analysis.ResponseID]bool{}
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 5))
		o := newOffice(t)
		markets, asked := []string{"Zorg", "Bouw", ""}, 0
		for range 4 {
			var rows []analysis.StagedResponse
			for range 1 + random.IntN(9) {
				r := person(asked, "", markets[random.IntN(3)])
				r.Comments[0].Text = grown(asked)
				rows = append(rows, r)
				asked++
			}
			o.answers("Anoniem", analysis.AskedClients, false, rows)
			screens, wave := o.asked(), everybody(o)[0].ID
			for range 5 {
				ask := surveyAsk{wave: wave, words: true, action: "survey.said"}
				market := markets[random.IntN(3)]
				if market != "" {
					ask.cut.Market = view.SurveyMark(market)
				}
				report, err := screens.Use.about(context.Background(), pressedBy(o, partnerOf(), ""), ask)
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range report.Leading().Summary.Quotes {
					shown[q.Response] = true
					holdsShown(t, o, wave, market, q.Response)
				}
			}
		}
	}
	if len(shown) < 20 {
		t.Errorf("the words of only %d persons were ever shown: this proves little", len(shown))
	}
}

// grown is what the n-th person answers: about growth, and unlike the others.
func grown(n int) string {
	subjects := []string{"subsidie", "huisvesting", "export", "voorraad", "personeelsplan", "website", "vergunning", "machines", "financiering", "concurrentie", "webwinkel"}
	return fmt.Sprintf("Bij onze groei denkt %s%d nooit mee over %s.", subjects[(n+3)%len(subjects)], n, subjects[n%len(subjects)])
}

func holdsShown(t *testing.T, o *office, wave analysis.WaveID, market string, who analysis.ResponseID) {
	t.Helper()
	cells, err := o.db.ShownCells(context.Background(), wave)
	if err != nil {
		t.Fatal(err)
	}
	cells = slices.DeleteFunc(cells, func(c survey.Cell) bool { return c.Figure != "comments" })
	if !slices.ContainsFunc(cells, func(c survey.Cell) bool { return c.Group == market && slices.Contains(c.Persons, who) }) {
		t.Errorf("the words of %d are shown in %q and not recorded", who, market)
	}
	for i, a := range cells {
		for _, b := range cells[:i] {
			rest := slices.DeleteFunc(slices.Clone(a.Persons), func(p analysis.ResponseID) bool { return slices.Contains(b.Persons, p) })
			within := !slices.ContainsFunc(b.Persons, func(p analysis.ResponseID) bool { return !slices.Contains(a.Persons, p) })
			if len(a.Persons) < survey.Fewest || within && len(rest) > 0 && len(rest) < survey.Fewest {
				t.Errorf("%v less %v is %v", a, b, rest)
			}
		}
	}
}

// overtaken is a store in which something else happens before the first write.
type overtaken struct {
	storage.Writer
	first *func()
}

func (w overtaken) Write(ctx context.Context, do func(storage.Tx) error) error {
	if f := *w.first; f != nil {
		*w.first = nil
		f()
	}
	return w.Writer.Write(ctx, do)
}

// TestOvertakenReportBeginsAgain: where one more answered and another report showed
// that first, the report of all but that one would tell what they said.
func TestOvertakenReportBeginsAgain(t *testing.T) {
	o := newOffice(t)
	var rows []analysis.StagedResponse
	for i := range 13 {
		rows = append(rows, person(i, "", ""))
	}
	o.answers("Anoniem", analysis.AskedClients, false, rows[:12])
	use := o.asked().Use
	meanwhile := func() {
		o.answers("Anoniem", analysis.AskedClients, false, rows[12:])
		if _, err := o.asked().Use.Report(context.Background(), pressedBy(o, partnerOf(), ""), "Anoniem", ""); err != nil {
			t.Fatal(err)
		}
	}
	use.Store = overtaken{o.db, &meanwhile}
	report, err := use.Report(context.Background(), pressedBy(o, partnerOf(), ""), "Anoniem", "")
	if err != nil || report.Leading().NPS == nil || report.Leading().NPS.N() != 13 {
		t.Errorf("the report is of %+v, %v; want all 13", report.Leading().NPS, err)
	}
}

// TestFewByNameAreForWhomTheyWereTold: of fewer than five who answered by name
// somebody else reads no figure either.
func TestFewByNameAreForWhomTheyWereTold(t *testing.T) {
	o := newOffice(t)
	var rows []analysis.StagedResponse
	for i := range 4 {
		rows = append(rows, person(i, fmt.Sprint(500+i), ""))
	}
	o.answers("Najaar", analysis.AskedClients, true, rows)
	other := analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.ManagerRole), Manager: 999}
	for _, c := range []struct {
		who  analysis.Actor
		read bool
	}{{partnerOf(), true}, {other, false}} {
		report, err := o.asked().Use.Report(context.Background(), pressedBy(o, c.who, ""), "Najaar", "")
		if got := err == nil && report.Leading().NPS != nil; got != c.read {
			t.Errorf("%s reads the NPS of four: %v (%v)", c.who.User, got, err)
		}
	}
}
