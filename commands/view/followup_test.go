package view

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// sampleFollows has a row of every state; what people typed is hostile.
func sampleFollows(kind string) FollowList {
	asOf, at := analysis.Date(2026, 11, 21), time.Date(2026, 11, 20, 8, 30, 0, 0, time.UTC)
	wave := survey.Wave{ID: 2, Name: "Klantonderzoek 2026", Day: asOf - 30, Scale: 5}
	answer := survey.Response{ID: 5, Wave: 2, Day: asOf - 40, Client: 7, Group: 3, SurveyAnswers: analysis.SurveyAnswers{NPS: 10, Grade: 8.5,
		Comments: []analysis.SurveyComment{{Question: "Waarom wij?", Text: "Dichtbij."}, {Question: "Beter?", Text: hostile}}}}
	client := analysis.Client{ID: 7, Number: "01001", Name: "Jansen Installatietechniek B.V."}
	row := FollowRow{Value: "k=" + kind + "&r=5", Client: client, Person: "P. Jansen", Segment: "A", Holder: "Fleur de Vries", Left: analysis.NoDay, Answer: answer, Wave: wave, State: FollowFree}
	open := row
	open.State, open.Owner, open.At, open.Versions, open.Value = FollowOpen, analysis.Manager{ID: 2, Name: "Henk Bos"}, at, 1, open.Value+"&v=1"
	done := row
	done.State, done.Owner, done.By, done.At, done.Versions, done.Note = FollowDone, analysis.Manager{ID: 2, User: "U2"}, "U2", at, 2, hostile
	dropped := done
	dropped.State, dropped.Client, dropped.Person, dropped.Holder, dropped.Segment = FollowDropped, analysis.Client{}, "", "", ""
	dropped.Answer.Market, dropped.Answer.Day, dropped.Answer.Comments = "zorg", analysis.NoDay, nil
	if kind == "terugwinkans" {
		row.Worth, row.Left = 1250000, analysis.Date(2025, 3, 31)
		open.Answer.NPS = analysis.NotSaid
	}
	return FollowList{Kind: kind, AsOf: asOf, Rows: []FollowRow{row, open, done, dropped}, Open: 2, Offset: 6, Size: 6, Total: 13, MayTake: true,
		Value: func(kind string, offset int) string { return fmt.Sprintf("k=%s&o=%d", kind, offset) }}
}

func TestGoldenFollows(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		file := func(name string) string { return "follow_" + name + "." + string(lang) + ".json" }
		for _, kind := range followLists {
			l := sampleFollows(kind)
			golden(t, file(followKeys[kind]), FollowWindow(p, l))
			l.Rows, l.Total, l.Open, l.Offset = nil, 0, 0, 0
			golden(t, file(followKeys[kind]+"_empty"), FollowWindow(p, l))
		}
		l := sampleFollows("ambassadeur")
		l.Outcome, l.MayTake = Outcome{Said: p.T("follow.take.said", analysis.Args{"name": "Jansen"}), Undo: "k=ambassadeur&r=5&v=1"}, false
		golden(t, file("taken"), FollowWindow(p, l))
		l.Outcome = Outcome{Refused: &analysis.Error{Kind: analysis.Invalid, Key: "follow.changed.open", Args: analysis.Args{"who": analysis.UserID("U2")}}}
		l.Rows = l.Rows[:1]
		golden(t, file("changed"), FollowWindow(p, l))
		row := l.Rows[0]
		for name, form := range map[string]func(*locale.Printer, FollowRow) Modal{"hand": FollowHand, "done": FollowDoneForm, "drop": FollowDropForm} {
			golden(t, file(name), form(p, row))
		}
		at := time.Date(2026, 11, 20, 8, 30, 0, 0, time.UTC)
		golden(t, file("history"), FollowHistoryWindow(p, FollowHistory{Row: row, Kind: "ambassadeur", AsOf: l.AsOf, Back: row.Value, Versions: []FollowVersion{
			{State: FollowFree, By: "U1", At: at}, {State: FollowDone, Owner: analysis.Manager{ID: 2, Name: "Henk Bos"}, Note: hostile, By: "U2", At: at},
			{State: FollowOpen, Owner: analysis.Manager{ID: 2, User: "U2"}, By: "U2", At: at}}}))
		golden(t, file("given"), FollowGiven(p, row, "lead", l.AsOf, "U1"))
	}
}
