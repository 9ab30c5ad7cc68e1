package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/storage"
)

// said is one person's row: an NPS, a theme and a comment.
func said(respondent string, nps int, comment string) analysis.StagedResponse {
	return analysis.StagedResponse{Respondent: respondent, Day: analysis.Date(2026, 10, 1), Scale: 5,
		SurveyAnswers: analysis.SurveyAnswers{NPS: nps, Grade: 7.5, Understanding: analysis.Understood, Words: []string{"deskundig"},
			Scores: []analysis.SurveyScore{
				{Kind: analysis.BenefitScore, Name: "rust", Importance: 4, Performance: analysis.NotSaid},
				{Kind: analysis.ThemeScore, Name: "groei", Importance: 4.5, Performance: analysis.NotSaid}},
			Comments: []analysis.SurveyComment{{Question: "Waarom wij?", Text: comment}}}}
}

// answer imports rows as a survey.
func answer(t testing.TB, s Store, o storage.ImportOptions, rows ...analysis.StagedResponse) storage.ImportOutcome {
	t.Helper()
	for i := range rows {
		rows[i].Line = i + 2
	}
	o.Kind, o.File, o.At = analysis.ImportSurvey, "antwoorden.csv", morning
	return apply(t, s, o, func(staging storage.Staging) error { return staging.AddResponses(t.Context(), rows) })
}

// oneWave returns the only wave there is.
func oneWave(t testing.TB, s Store) survey.Wave {
	t.Helper()
	waves, err := s.Waves(t.Context())
	if err != nil || len(waves) != 1 {
		t.Fatalf("Waves = %+v, %v; want one", waves, err)
	}
	return waves[0]
}

func responsesOf(t testing.TB, s Store, wave analysis.WaveID) []survey.Response {
	t.Helper()
	all, err := s.Responses(t.Context(), wave)
	if err != nil {
		t.Fatalf("Responses: %v", err)
	}
	return all
}

// testSurveys: answers by name find their client by number or e-mail, come back
// as they were given, count once, and are taken out by an undo.
func testSurveys(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	one := inGroup("G", "1", "Een")
	one.ContactName, one.ContactEmail = "Anna Bos", "anna@een.example"
	two := someone("0002", "Twee")
	two.Email = "info@twee.example"
	addClients(t, s, one, two)
	o := storage.ImportOptions{Wave: " Klanten  2026 ", ByName: true}
	rows := []analysis.StagedResponse{said("", 9, "goed; \"echt\" goed\n😀"), said("", 3, ""), said("r3", 8, "x"), said("r4", analysis.NotSaid, "y")}
	rows[0].Email, rows[1].Email, rows[2].Number = "anna@een.example", "info@twee.example", "2"
	rows[1].Comments, rows[3].SurveyAnswers.ContactWanted, rows[3].Market = nil, true, "zorg"
	first := answer(t, s, o, rows...)
	wantOutcome(t, "import", first, 4, 0, 0, 0, 0)
	if len(first.Warnings) != 1 || first.Warnings[0].Key != "import.survey_unmatched" || first.Warnings[0].Args["count"] != 1 {
		t.Errorf("warnings = %v; want the one of nobody", first.Warnings)
	}
	w := oneWave(t, s)
	want := survey.Wave{ID: w.ID, Name: "Klanten 2026", Audience: analysis.AskedClients, Disclosure: analysis.ByName, Scale: 5,
		Day: analysis.Date(2026, 10, 1), Responses: 4}
	wantEqual(t, "wave", w, want)
	all := responsesOf(t, s, w.ID)
	anna := clientOf(t, s, "1")
	wanted := survey.Response{ID: all[0].ID, Wave: w.ID, Day: rows[0].Day, Client: anna.ID, Group: anna.Group, Contact: all[0].Contact,
		SurveyAnswers: rows[0].SurveyAnswers}
	wantEqual(t, "answers", fmt.Sprintf("%+v", all[0]), fmt.Sprintf("%+v", wanted))
	if all[0].Contact == 0 || all[1].Client != clientOf(t, s, "0002").ID || all[2].Client != all[1].Client || all[3].Client != 0 ||
		all[1].Comments != nil || all[3].NPS != analysis.NotSaid || !all[3].ContactWanted || all[3].Market != "zorg" {
		t.Errorf("Responses = %+v", all)
	}
	wantOutcome(t, "the same again", answer(t, s, o, rows...), 0, 0, 4, 0, 0)
	if named, err := s.NamedResponses(t.Context(), anna.Group); err != nil || len(named) != 1 || len(named[0].Scores) != 2 {
		t.Errorf("NamedResponses = %+v, %v; want Anna's", named, err)
	}
	if named, err := s.NamedResponses(t.Context(), 0); err != nil || len(named) != 3 {
		t.Errorf("NamedResponses of all = %+v, %v; want three", named, err)
	}
	if n, err := s.UndoImport(t.Context(), first.ID, "U1", morning.Add(time.Hour)); err != nil || n != 4 {
		t.Errorf("UndoImport = %d, %v; want four answers", n, err)
	}
	if waves, err := s.Waves(t.Context()); err != nil || len(waves) != 0 {
		t.Errorf("Waves after the undo = %v, %v", waves, err)
	}
}

// testSurveysAnonymous: of an anonymous wave nothing is kept that says whose
// answers they are; equal answers of a file all count, and once; those who come
// back after an undo are known as the same persons while something was shown.
func testSurveysAnonymous(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, someone("1", "Een"))
	o := storage.ImportOptions{Wave: "stil"}
	rows := []analysis.StagedResponse{said("17", 9, "a"), said("", 9, "a"), said("", 9, "a"), said("Jan Bos", 9, "a"), said("", 2, "b")}
	rows[1].Email, rows[2].Email, rows[4].Number = "jan@een.example", "piet@een.example", "1"
	first := answer(t, s, o, rows...)
	wantOutcome(t, "import", first, 5, 0, 0, 0, 0)
	w := oneWave(t, s)
	before := responsesOf(t, s, w.ID)
	for _, r := range before {
		if r.Client != 0 || r.Contact != 0 || w.Disclosure != analysis.Anonymous {
			t.Errorf("an anonymous answer is of client %d", r.Client)
		}
	}
	wantOutcome(t, "the same again", answer(t, s, o, rows...), 0, 0, 5, 0, 0)
	write(t, s, func(tx storage.Tx) error {
		_, err := tx.RecordShown(t.Context(), w.ID, 0, []survey.Cell{{Figure: "nps", Persons: []analysis.ResponseID{1, 2, 3, 4, 5}}}, morning)
		return err
	})
	if _, err := s.UndoImport(t.Context(), first.ID, "U1", morning); err != nil {
		t.Fatalf("UndoImport: %v", err)
	}
	wantEqual(t, "answers of the wave that was shown", oneWave(t, s).Responses, 0)
	slices.Reverse(rows)
	wantOutcome(t, "after the undo", answer(t, s, o, append(rows, said("18", 5, "nieuw"))...), 6, 0, 0, 0, 0)
	after := responsesOf(t, s, w.ID)
	for i, r := range before {
		if after[i].ID != r.ID {
			t.Errorf("respondent %d came back as %d", r.ID, after[i].ID)
		}
	}
	if after[5].ID <= before[4].ID {
		t.Errorf("a new respondent has number %d", after[5].ID)
	}
}

// testSurveysRefused: what can not be taken over is counted with its line.
func testSurveysRefused(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	rows := []analysis.StagedResponse{said("1", 9, "a"), said("1", 8, "b"), said("2", 9, "c"), said("3", 9, "d")}
	rows[2].Scale = 10
	for i := range survey.MostThemes {
		rows[3].Scores = append(rows[3].Scores, analysis.SurveyScore{Kind: analysis.ThemeScore, Name: fmt.Sprint("thema ", i), Importance: 1})
	}
	out := answer(t, s, storage.ImportOptions{Wave: "w"}, rows...)
	wantOutcome(t, "import", out, 1, 0, 0, 0, 3)
	for i, key := range []string{"import.survey_twice", "import.survey_scale", "import.survey_themes"} {
		if out.Refused[i].Line != i+3 || out.Refused[i].Reason.Key != key {
			t.Errorf("refused %v, want line %d for %s", out.Refused[i], i+3, key)
		}
	}
	if n, err := s.RefusedRows(t.Context(), []analysis.WaveID{oneWave(t, s).ID}); n != 3 || err != nil {
		t.Errorf("RefusedRows = %d, %v; want three", n, err)
	}
	again := answer(t, s, storage.ImportOptions{Wave: "w"}, said("1", 2, "anders"))
	wantOutcome(t, "other answers of the same respondent", again, 0, 0, 0, 0, 1)
	wantEqual(t, "why", again.Refused[0].Reason.Key, "import.survey_known")
	wantOutcome(t, "without a wave", answer(t, s, storage.ImportOptions{}, said("1", 2, "x")), 0, 0, 0, 0, 1)

	// What respondents were told does not change.
	staging, err := s.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportSurvey, Wave: "w", ByName: true, At: morning})
	if err != nil {
		t.Fatal(err)
	}
	defer staging.Close()
	if err := staging.AddResponses(t.Context(), []analysis.StagedResponse{said("9", 9, "a")}); err != nil {
		t.Fatal(err)
	}
	_, err = staging.Compare(t.Context())
	wantKind(t, "by name into an anonymous wave", err, analysis.Invalid)
	fix := func(w survey.Wave) error {
		return s.Write(t.Context(), func(tx storage.Tx) error { return tx.FixWave(t.Context(), w, "U1", morning) })
	}
	wave := survey.Wave{Name: "w", Audience: analysis.AskedClients, Disclosure: analysis.ByName, Day: analysis.NoDay}
	wantKind(t, "FixWave otherwise", fix(wave), analysis.Invalid)
	wave.Name = "nieuw"
	for range 2 {
		if err := fix(wave); err != nil {
			t.Errorf("FixWave: %v", err)
		}
	}
	wave.Audience = analysis.AskedEmployees
	wantKind(t, "employees by name", fix(wave), analysis.Invalid)
	wantOutcome(t, "into the fixed wave", answer(t, s, storage.ImportOptions{Wave: "nieuw"}, said("1", 9, "a")), 1, 0, 0, 0, 0)
	waves, err := s.Waves(t.Context())
	if err != nil || len(waves) != 2 || waves[1].Disclosure != analysis.ByName || waves[1].Responses != 1 {
		t.Errorf("Waves = %+v, %v; want the second by name", waves, err)
	}
}

// testSurveysShown: what is shown is kept once, and of two reports at once one
// has to look again.
func testSurveysShown(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	answer(t, s, storage.ImportOptions{Wave: "w"}, said("1", 9, "a"))
	w := oneWave(t, s)
	cells := []survey.Cell{{Figure: "nps", Persons: []analysis.ResponseID{1, 2}}, {Figure: "nps", Group: "zorg", Persons: []analysis.ResponseID{1}}}
	record := func(seen int, cells []survey.Cell) (recorded bool) {
		write(t, s, func(tx storage.Tx) (err error) {
			recorded, err = tx.RecordShown(t.Context(), w.ID, seen, cells, morning)
			return err
		})
		return recorded
	}
	wantEqual(t, "recorded", record(0, cells), true)
	wantEqual(t, "recorded by who saw nothing", record(0, cells[:1]), false)
	wantEqual(t, "recorded again", record(2, cells), true)
	if got, err := s.ShownCells(t.Context(), w.ID); err != nil || fmt.Sprint(got) != fmt.Sprint(cells) {
		t.Errorf("ShownCells = %v, %v; want %v", got, err, cells)
	}
	err := s.Write(t.Context(), func(tx storage.Tx) error {
		_, err := tx.RecordShown(t.Context(), 99, 0, cells, morning)
		return err
	})
	wantKind(t, "RecordShown of no wave", err, analysis.NotFound)
}

// testModels: answers are kept, the budget of a day is never overdrawn, also not
// by many at once, and calls are recorded.
func testModels(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, ctx := open(), t.Context()
	if _, ok, err := s.Cached(ctx, "k"); ok || err != nil {
		t.Errorf("Cached of nothing = %v, %v", ok, err)
	}
	for i, answer := range []string{"one", "two\x00three"} {
		if err := s.Keep(ctx, "k", []byte(answer), morning.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Errorf("Keep: %v", err)
		}
	}
	if b, ok, err := open().Cached(ctx, "k"); !ok || err != nil || string(b) != "two\x00three" {
		t.Errorf("Cached = %q, %v, %v", b, ok, err)
	}
	if n, err := s.ForgetCached(ctx, morning.Add(2*time.Hour)); n != 1 || err != nil {
		t.Errorf("ForgetCached = %d, %v", n, err)
	}
	day, granted := analysis.DayOf(morning), make(chan bool, 8)
	err := atOnce(8, func(int) error {
		ok, err := s.Spend(ctx, day, 300, 1000)
		granted <- ok
		return err
	})
	n := 0
	for range 8 {
		if <-granted {
			n++
		}
	}
	if err != nil || n != 3 {
		t.Errorf("%d of eight spent 300 of 1000, %v; want three", n, err)
	}
	if ok, err := s.Spend(ctx, day+1, 1000, 1000); !ok || err != nil {
		t.Errorf("Spend on another day = %v, %v", ok, err)
	}
	c := storage.ModelCall{At: morning, By: "U1", Purpose: "nl/map.v1", Model: "m", Input: 12, Output: 3, Took: 1500 * time.Millisecond, Verdict: "ok"}
	if err := s.RecordCall(ctx, c); err != nil {
		t.Errorf("RecordCall: %v", err)
	}
	if all, err := s.ModelCalls(ctx, 5); err != nil || len(all) != 1 || all[0] != c {
		t.Errorf("ModelCalls = %+v, %v", all, err)
	}
}

// landedSurvey checks what schema 6 added.
func landedSurvey(t *testing.T, s Store) {
	ctx := t.Context()
	waves, err := s.Waves(ctx)
	if err != nil || len(waves) != 2 || waves[0].Name != "2025" || waves[0].Disclosure != analysis.ByName || waves[0].Scale != 5 ||
		waves[1].Audience != analysis.AskedEmployees || waves[1].Responses != 0 {
		t.Fatalf("Waves = %+v, %v", waves, err)
	}
	all := responsesOf(t, s, waves[0].ID)
	if len(all) != 2 || all[0].Client != 2 || all[0].NPS != 9 || all[0].Grade != 8.5 || len(all[0].Scores) != 1 || len(all[0].Comments) != 1 ||
		all[0].Words[0] != "deskundig" || all[1].NPS != analysis.NotSaid || all[1].Day.Known() {
		t.Errorf("Responses = %+v", all)
	}
	if shown, err := s.ShownCells(ctx, waves[1].ID); err != nil || len(shown) != 1 || len(shown[0].Persons) != 5 {
		t.Errorf("ShownCells = %v, %v", shown, err)
	}
	if f, err := s.FollowUps(ctx); err != nil || len(f) != 1 || f[0].State != storage.FollowUpDone {
		t.Errorf("FollowUps = %v, %v", f, err)
	}
	if b, ok, err := s.Cached(ctx, "hash"); !ok || err != nil || string(b) != "{}" {
		t.Errorf("Cached = %q, %v, %v", b, ok, err)
	}
	if ok, err := s.Spend(ctx, 20455, 1, 100); ok || err != nil {
		t.Errorf("Spend of a spent day = %v, %v", ok, err)
	}
	if calls, err := s.ModelCalls(ctx, 9); err != nil || len(calls) != 1 || calls[0].Took != 1200*time.Millisecond {
		t.Errorf("ModelCalls = %v, %v", calls, err)
	}
}
