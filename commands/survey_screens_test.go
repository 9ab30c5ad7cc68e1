package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts/offline"
	"klantbot/storage"
)

// asked is an office that asked: screens on its store.
func (o *office) asked() SurveyScreens {
	use := Survey{Surveys: o.db, Settings: o.db, Store: o.db, Roster: o.db, Summarizer: offline.Summarizer{},
		Mask: func(context.Context) (func(string) string, error) {
			return func(s string) string { return strings.ReplaceAll(s, "Pieter", "[PERSOON_1]") }, nil
		}}
	return SurveyScreens{Use: use, Segments: o.db, Managers: o.db, Clients: o.db, Store: o.db}
}

func (o *office) answers(wave string, audience analysis.Audience, byName bool, rows []analysis.StagedResponse) {
	o.Helper()
	s, err := o.db.Stage(context.Background(), storage.ImportOptions{Kind: analysis.ImportSurvey, File: wave + ".csv", At: at, Wave: wave, Audience: audience, ByName: byName})
	if err != nil {
		o.Fatal(err)
	}
	defer s.Close()
	if err := s.AddResponses(context.Background(), rows); err != nil {
		o.Fatal(err)
	}
	if out, err := s.Apply(context.Background()); err != nil || out.RefusedCount > 0 {
		o.Fatalf("%d refused, %v", out.RefusedCount, err)
	}
}

// person answers with one score, one comment and perhaps a client and a market.
func person(n int, number, market string) analysis.StagedResponse {
	r := analysis.StagedResponse{Line: n + 2, Respondent: fmt.Sprint("r", n), Number: number, Market: market, Day: analysis.Date(2026, 11, 1), Scale: 5}
	r.NPS, r.Grade = 3+n%8, 7
	r.Scores = []analysis.SurveyScore{{Kind: analysis.ThemeScore, Name: "groei", Importance: 4, Performance: float64(1 + n%5)}}
	r.Comments = []analysis.SurveyComment{{Question: "Wat kan er beter?", Text: fmt.Sprintf("Pieter belt nooit terug, al %d weken niet.", n)}}
	return r
}

func everybody(o *office) []survey.Wave {
	o.Helper()
	waves, err := o.db.Waves(context.Background())
	if err != nil {
		o.Fatal(err)
	}
	return waves
}

// pressedBy is a press of who on value.
func pressedBy(o *office, who analysis.Actor, value string) Request {
	o.keys++
	return Request{Key: fmt.Sprint("press", o.keys), Actor: who, Lang: locale.Dutch, Zone: officeZone, At: at, Value: value}
}

func wordsOf(t testing.TB, m *view.Message) string {
	t.Helper()
	if m == nil {
		return ""
	}
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestNamedAnswersAreForWhomTheRespondentsWereTold: the manager of the client and
// partners read who said what; another manager sees the figures only.
func TestNamedAnswersAreForWhomTheRespondentsWereTold(t *testing.T) {
	o := newOffice(t)
	var rows []analysis.StagedResponse
	for i := range 12 {
		rows = append(rows, person(i, fmt.Sprint(500+i), ""))
	}
	o.answers("Najaar", analysis.AskedClients, true, rows)
	screens, wave := o.asked(), everybody(o)[0].ID
	holder, err := o.db.ManagerByEmail(context.Background(), "rm@voorbeeld.nl")
	if err != nil {
		t.Fatal(err)
	}
	manager := func(id analysis.ManagerID) analysis.Actor {
		return analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.ManagerRole), Manager: id}
	}
	responses, err := o.db.Responses(context.Background(), wave)
	if err != nil {
		t.Fatal(err)
	}
	spot := view.SurveySpot{Wave: wave, Part: view.SurveySaid}
	source := view.SurveySource{Spot: spot, Answers: []view.SurveyAnswerRef{{Response: responses[0].ID}}}.String()
	segment, portfolio := spot.To(view.SurveyHead, ""), spot.To(view.SurveyHead, "")
	segment.Cut, portfolio.Cut = view.SurveyCut{Segment: analysis.SegmentA}, view.SurveyCut{Manager: holder.ID}
	client := fmt.Sprint(responses[0].Client)
	for _, c := range []struct {
		name                                        string
		who                                         analysis.Actor
		reads, segments, portfolios, head, ofClient bool
	}{
		{"own manager", manager(holder.ID), true, false, true, true, true},
		{"other manager", manager(holder.ID + 99), false, false, false, true, false},
		{"partner", analysis.Actor{User: "U2", Roles: analysis.RolesOf(analysis.PartnerRole)}, true, true, true, true, true},
		{"employee", analysis.Actor{User: "U3", Roles: analysis.RolesOf(analysis.Employee)}, false, false, false, false, false},
	} {
		said, err := screens.Open(context.Background(), pressedBy(o, c.who, spot.String()))
		if (err == nil) != c.head {
			t.Fatalf("%s opens what they say: %v", c.name, err)
		}
		if got := strings.Contains(wordsOf(t, said.Now), "Pieter belt"); got != c.reads {
			t.Errorf("%s reads words: %v", c.name, got)
		}
		shown, err := screens.Source(context.Background(), pressedBy(o, c.who, source))
		if got := err == nil && strings.Contains(wordsOf(t, shown.Now), "Mulder 0 B.V."); got != c.reads {
			t.Errorf("%s reads whose a source is: %v (%v)", c.name, got, err)
		}
		if _, err := screens.Open(context.Background(), pressedBy(o, c.who, segment.String())); (err == nil) != c.segments {
			t.Errorf("%s cuts by segment: %v", c.name, err)
		}
		if _, err := screens.Open(context.Background(), pressedBy(o, c.who, portfolio.String())); (err == nil) != c.portfolios {
			t.Errorf("%s cuts by portfolio: %v", c.name, err)
		}
		if _, err := screens.Client(context.Background(), pressedBy(o, c.who, client)); (err == nil) != c.ofClient {
			t.Errorf("%s reads what a client answered: %v", c.name, err)
		}
	}
}

// TestAnonymousAnswersStaySo: no name, no day, no other answer of the same person,
// nothing of a market of fewer than five, and what was shown is recorded.
func TestAnonymousAnswersStaySo(t *testing.T) {
	o := newOffice(t)
	var rows []analysis.StagedResponse
	for i := range 14 {
		market := "Zorg"
		if i >= 10 {
			market = "Bouw" // four of them
		}
		rows = append(rows, person(i, fmt.Sprint(500+i), market))
	}
	o.answers("Anoniem", analysis.AskedClients, false, rows)
	screens, wave := o.asked(), everybody(o)[0].ID
	partner := analysis.Actor{User: "U2", Roles: analysis.RolesOf(analysis.PartnerRole)}
	spot := view.SurveySpot{Wave: wave, Part: view.SurveyHead}
	if _, err := screens.Open(context.Background(), pressedBy(o, partner, spot.String())); err != nil {
		t.Fatal(err)
	}
	cells, err := o.db.ShownCells(context.Background(), wave)
	if err != nil || len(cells) == 0 {
		t.Fatalf("shown cells = %v, %v", cells, err)
	}
	for _, c := range cells {
		if len(c.Persons) < survey.Fewest {
			t.Errorf("%s of %q is recorded of %d persons", c.Figure, c.Group, len(c.Persons))
		}
	}
	for market, shown := range map[string]bool{"Zorg": false, "Bouw": false} { // four are what is left of all but ten
		few := spot
		few.Cut = view.SurveyCut{Market: view.SurveyMark(market)}
		for _, part := range []view.SurveyPart{view.SurveyHead, view.SurveyThemes, view.SurveySaid, view.SurveySides} {
			r, err := screens.Open(context.Background(), pressedBy(o, partner, few.To(part, "").String()))
			if words := wordsOf(t, r.Now); err != nil || strings.Contains(words, "NPS ") != shown || strings.Contains(words, "belt nooit") {
				t.Errorf("%s of market %s (%v) shows %s", part, market, err, words)
			}
		}
	}
	responses, err := o.db.Responses(context.Background(), wave)
	if err != nil {
		t.Fatal(err)
	}
	source := view.SurveySource{Spot: spot, Answers: []view.SurveyAnswerRef{{Response: responses[0].ID}}}
	r, err := screens.Source(context.Background(), pressedBy(o, partner, source.String()))
	if err != nil {
		t.Fatal(err)
	}
	words := wordsOf(t, r.Now)
	for _, secret := range []string{"Pieter", "Mulder", "1 nov", "rapportcijfer", "beveelt aan", "client.open"} {
		if strings.Contains(words, secret) {
			t.Errorf("the source of an anonymous answer says %q: %s", secret, words)
		}
	}
	if !strings.Contains(words, "[PERSOON_1] belt nooit terug") {
		t.Errorf("the source does not show the answer: %s", words)
	}
	segment := spot
	segment.Cut = view.SurveyCut{Segment: analysis.SegmentA}
	if _, err := screens.Open(context.Background(), pressedBy(o, partner, segment.String())); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("an anonymous wave is cut by segment: %v", err)
	}
	source.Spot = segment
	if _, err := screens.Source(context.Background(), pressedBy(o, partner, source.String())); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("a source of an anonymous wave cut by segment is shown: %v", err)
	}
	rest := person(20, "", "")
	o.answers("Anoniem", analysis.AskedClients, false, []analysis.StagedResponse{rest})
	all, err := o.db.Responses(context.Background(), wave)
	if err != nil {
		t.Fatal(err)
	}
	late := view.SurveySource{Spot: spot, Answers: []view.SurveyAnswerRef{{Response: all[len(all)-1].ID}}}
	r, err = screens.Source(context.Background(), pressedBy(o, partner, late.String()))
	if err != nil || strings.Contains(wordsOf(t, r.Now), "belt nooit") {
		t.Errorf("who came last is shown: %v %s", err, wordsOf(t, r.Now))
	}
}

// TestHostileSurveyButtons: what no screen of ours carries is refused.
func TestHostileSurveyButtons(t *testing.T) {
	o := newOffice(t)
	o.answers("Najaar", analysis.AskedClients, true, []analysis.StagedResponse{person(1, "500", "")})
	screens, wave := o.asked(), everybody(o)[0].ID
	partner := analysis.Actor{User: "U2", Roles: analysis.RolesOf(analysis.PartnerRole)}
	for _, value := range []string{"", "x", "999/head///0", fmt.Sprintf("%d/nonsense/m99999//7", wave)} {
		if _, err := screens.Open(context.Background(), pressedBy(o, partner, value)); err == nil && !strings.Contains(value, "nonsense") || err != nil && analysis.KindOf(err) == analysis.Internal {
			t.Errorf("%q: %v", value, err)
		}
	}
	for _, value := range []string{"", "x|1.0", fmt.Sprintf("%d/head///0|99999.0", wave), fmt.Sprintf("%d/head///0|1.99", wave)} {
		r, err := screens.Source(context.Background(), pressedBy(o, partner, value))
		if err != nil && analysis.KindOf(err) == analysis.Internal || strings.Contains(wordsOf(t, r.Now), "belt nooit") {
			t.Errorf("%q: %v %s", value, err, wordsOf(t, r.Now))
		}
	}
}

// BenchmarkSurvey answers the first screen of a report of 10,000 people, and what
// they say, by name and anonymously.
func BenchmarkSurvey(b *testing.B) {
	for _, byName := range []bool{true, false} {
		o := newOffice(b)
		var rows []analysis.StagedResponse
		for i := range 10000 {
			r := person(i, fmt.Sprint(500+i%60), []string{"Zorg", "Bouw", "ICT"}[i%3])
			for _, theme := range survey.DefaultThemes()[1:] { // and groei
				r.Scores = append(r.Scores, analysis.SurveyScore{Kind: analysis.ThemeScore, Name: "ook " + theme.Name, Importance: float64(1 + i%5), Performance: float64(1 + i%4)})
			}
			rows = append(rows, r)
		}
		o.answers("Groot", analysis.AskedClients, byName, rows)
		screens, wave := o.asked(), everybody(o)[0].ID
		partner := analysis.Actor{User: "U2", Roles: analysis.RolesOf(analysis.PartnerRole)}
		for _, part := range []view.SurveyPart{view.SurveyHead, view.SurveySaid} {
			b.Run(fmt.Sprintf("%s/named=%v", part, byName), func(b *testing.B) {
				for b.Loop() {
					spot := view.SurveySpot{Wave: wave, Part: part}
					if _, err := screens.Open(context.Background(), pressedBy(o, partner, spot.String())); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
