package view

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

func reportFigures() ReportFigures {
	cell := func(s analysis.Segment, q, planned, done, waived int) attention.Cell {
		return attention.Cell{Segment: s, Year: 2026, Quarter: q, Planned: planned, Done: done, Waived: waived, PlannedMinutes: 15 * planned, DoneMinutes: 15 * done}
	}
	f := ReportFigures{AsOf: analysis.Date(2026, 11, 21), Start: analysis.Date(2025, 11, 21), Final: true, PerPerson: true}
	f.Sums = attention.Sums{From: analysis.Date(2025, 10, 1), To: f.AsOf, GroupsA: 25, ReachedA: 24, Open: 186, Late: 62, Moments: 488,
		Cells: []attention.Cell{cell("A", 1, 25, 17, 1), cell("A", 2, 25, 16, 0), cell("B", 2, 75, 37, 0), cell("C", 3, 1, 0, 1)}}
	f.People = []ReportPerson{{"=" + hostile, f.Sums}, {"Fleur de Vries", attention.Sums{From: f.From, To: f.To}}}
	outcome := attention.Outcome{Groups: 40, Kept: 39, Compared: 38, Up: 4, Down: 1, Rated: 22, RateHigh: 18}
	f.Followed = &ReportFollowed{Until: f.AsOf, Followed: attention.Followed{From: f.Start, To: analysis.Date(2026, 5, 23), Most: outcome,
		Fewest: attention.Outcome{Groups: 20, Kept: 17, Compared: 19, Rated: 3, RateHigh: 1}}}
	return f
}

func TestGoldenReport(t *testing.T) {
	few := reportFigures()
	few.PerPerson, few.People, few.Followed.Fewest.Groups = false, nil, 19
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range map[string]Message{"report": AttentionReport(p, reportFigures(), "2026"), "report_few": AttentionReport(p, few, ReportPlain),
			"report_none": AttentionReport(p, ReportFigures{AsOf: few.AsOf}, ""), "report_empty": AttentionReport(p, ReportFigures{Final: true, Sums: attention.Sums{From: few.From, To: few.To}}, "")} {
			golden(t, name+"."+string(lang)+".json", m)
			raw, err := json.Marshal(m)
			if err != nil || len(m.Blocks) > 50 || strings.Contains(string(raw), `"text":"report.`) || strings.Contains(string(raw), `oorzaak`) {
				t.Errorf("%s: %d blocks, %v", name, len(m.Blocks), err)
			}
			for _, mrkdwn := range markups(t, raw) {
				if strings.Contains(mrkdwn, "Kroeg") {
					t.Errorf("%s: what was typed stands in mrkdwn: %s", name, mrkdwn)
				}
			}
		}
		goldenText(t, "report."+string(lang)+".txt", ReportText(p, reportFigures()))
		var table strings.Builder
		if err := ReportCSV(&table, p, reportFigures()); err != nil {
			t.Fatal(err)
		}
		goldenText(t, "report."+string(lang)+".csv", table.String())
	}
}

func TestGoldenGatherings(t *testing.T) {
	g := Gathering{ID: 7, Name: hostile, Activity: "ontbijtsessie", Day: analysis.Date(2026, 11, 18), Invited: 300, Came: 1}
	rows := []GatheringRow{{Group: 3, Number: "01000", Name: "=1+1", Manager: "@Fleur", Segment: "A", State: "geweest", Came: true}}
	for i := range 20 {
		rows = append(rows, GatheringRow{Group: analysis.GroupID(10 + i), Number: "2", Name: hostile, State: "uitgenodigd"})
	}
	next := g
	next.Came, next.Day = 0, analysis.Date(2026, 12, 18)
	own := []attention.Line{{Activity: "telefoongesprek", Kind: attention.Periodic, Times: 2}, {Activity: hostile, Kind: attention.Collective, Times: 1}}
	change := ExceptionForm{Group: analysis.Group{ID: 3, Number: "01000", Name: hostile}, Segment: "A", Lines: own, Plan: []attention.Line{{Activity: "telefoongesprek", Times: 4}},
		Holds: true, Until: analysis.Date(2027, 3, 1), Reason: hostile, By: "U2", At: time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC), Value: "3/1", Outcome: Outcome{Said: "Opgeslagen.", Undo: "3/1"}}
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range map[string]Modal{
			"gathering_list":   GatheringList(p, []Gathering{g, next}, Outcome{}),
			"gathering_none":   GatheringList(p, nil, Outcome{Refused: analysis.Fail(analysis.Invalid, "gathering.no_lines", nil)}),
			"gathering_form":   GatheringForm(p, []string{"ontbijtsessie", hostile}, analysis.Date(2026, 11, 21)),
			"gathering":        GatheringModal(p, GatheringWindow{Gathering: g, Rows: rows, Past: true, Outcome: Outcome{Said: "Vastgelegd.", Undo: "7/1/0"}}),
			"gathering_coming": GatheringModal(p, GatheringWindow{Gathering: next, Rows: rows[1:2]}),
			"gathering_came":   GatheringCame(p, CameWindow{Gathering: g, State: attention.Attended, Rows: rows, Offset: 100, Size: 100, Total: 300}),
			"gathering_guests": GatheringGuests(p, GuestWindow{Gathering: g, Rows: rows[:3], Counts: map[attention.InvitationState]int{"": 300, attention.Invited: 299, attention.Attended: 1},
				Offset: 10, Size: 3, Total: 300, Past: true, AsOf: g.Day, Outcome: Outcome{Said: hostile + " was er.", Undo: "7/1/u3/10/allen"}}),
			"gathering_answers": GatheringGuests(p, GuestWindow{Gathering: next, State: attention.Coming, Rows: []GatheringRow{{Group: 4, Number: "1001", Name: "Jansen", Manager: "Fleur", Segment: "B",
				State: attention.Coming, At: change.At}}, Counts: map[attention.InvitationState]int{"": 3, attention.Coming: 1, attention.Declined: 2}, Size: 10, Total: 1, AsOf: g.Day}),
			"occasions": OccasionModal(p, OccasionWindow{Group: change.Group, Segment: "A", Lines: own, AsOf: g.Day, Back: "g=3", More: 2, Outcome: Outcome{Said: "Genoteerd.", Undo: "3/1"},
				Rows: []OccasionRow{{Occasion: attention.Occasion{Kind: attention.Move, Day: g.Day + 8}, By: "U2", Value: "3/1", Change: true},
					{Occasion: attention.Occasion{Kind: attention.NewContact, Day: g.Day - 400}, Value: "3/2"}}}),
			"occasions_none": OccasionModal(p, OccasionWindow{Group: change.Group, AsOf: g.Day, Back: "g=3"}),
			"exception":      ExceptionModal(p, change),
			"exception_none": ExceptionModal(p, ExceptionForm{Group: change.Group}),
		} {
			golden(t, name+"."+string(lang)+".json", m)
			holdsModal(t, name, m)
		}
		var table strings.Builder
		if err := GatheringCSV(&table, p, g, rows[:2]); err != nil {
			t.Fatal(err)
		}
		goldenText(t, "gathering."+string(lang)+".csv", table.String())
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.String(), byteOrderMark)))
		if lang == locale.Dutch {
			r.Comma = ';'
		}
		read, err := r.ReadAll()
		if err != nil || len(read) != 3 || read[1][1] != "'=1+1" || read[1][3] != "'@Fleur" {
			t.Errorf("the table is read as %q, %v", read, err)
		}
		if words := exceptionWords(p, CardException{Lines: own, Until: change.Until, Reason: "wil rust"}); !strings.Contains(words, "2027") || strings.Contains(words, "exception.") {
			t.Errorf("on the card: %q", words)
		}
	}
}
