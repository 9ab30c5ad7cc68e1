package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

// answersCollect is a sink that keeps answers.
type answersCollect struct {
	collect
	answers []analysis.StagedResponse
}

func (c *answersCollect) AddResponses(_ context.Context, rows []analysis.StagedResponse) error {
	c.answers = append(c.answers, rows...)
	return nil
}

// readSurvey reads a file of answers; want is what Detected calls the tool.
func readSurvey(t *testing.T, name, file, tool string, o Options) (Summary, []analysis.StagedResponse) {
	t.Helper()
	sink := &answersCollect{}
	f, err := OpenReaderAt(name, strings.NewReader(file), int64(len(file)), o)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer f.Close()
	s, err := f.Read(t.Context(), sink)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if d := f.Detected(); d.Kind != analysis.ImportSurvey || d.Tool != tool {
		t.Errorf("%s: detected %q as %q, want %q", name, d.Kind, d.Tool, tool)
	}
	return s, sink.answers
}

// answersAs spells answers shortly.
func answersAs(r analysis.StagedResponse) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s|%s|%s|%s %d %v %s %v %v", r.Line, r.Respondent, r.Number, r.Email, r.Day, r.NPS, r.Grade, r.Understanding, r.Words, r.Scale)
	for _, s := range r.Scores {
		fmt.Fprintf(&b, " %s/%s=%v,%v", s.Kind, s.Name, s.Importance, s.Performance)
	}
	for _, c := range r.Comments {
		fmt.Fprintf(&b, " «%s»", c.Text)
	}
	return b.String()
}

func wantAnswers(t *testing.T, name string, got []analysis.StagedResponse, want ...string) {
	t.Helper()
	var spelled []string
	for _, r := range got {
		spelled = append(spelled, answersAs(r))
	}
	if !slices.Equal(spelled, want) {
		t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(spelled, "\n     "), strings.Join(want, "\n     "))
	}
}

// TestSurveyTools: the exports of the tools, known by their own columns.
func TestSurveyTools(t *testing.T) {
	const nps = "Hoe waarschijnlijk is het dat u ons kantoor aanbeveelt?"
	_, got := readSurvey(t, "ms.csv", "\ufeffID,Begintijd,Tijd van voltooien,E-mail,Naam,"+nps+",Groei: hoe belangrijk voor u?,Groei: hoe goed doen wij het?,Welke woorden passen bij ons?,Waarom wij?\r\n"+
		"1,11-21-26 10:00,11-21-26 10:03,anonymous,Jan Bos,9,Zeer belangrijk,3,betrokken;Deskundig;,\"Korte lijnen, één aanspreekpunt\"\r\n", "Microsoft Forms", Options{})
	wantAnswers(t, "Microsoft Forms", got, "2 1|||2026-11-21 9 -1  [betrokken deskundig] 5 thema/groei=5,3 «Korte lijnen, één aanspreekpunt»")

	_, got = readSurvey(t, "ms.csv", "ID,Start time,Completion time,Email,Name,How likely are you to recommend us?,Growth: how important?\n"+
		"1,2026-11-21,2026-11-21,a@b.example,A,10,2\n", "Microsoft Forms", Options{})
	wantAnswers(t, "Microsoft Forms in English", got, "2 1||a@b.example|2026-11-21 10 -1  [] 5 thema/groei=2,-1")

	_, got = readSurvey(t, "google.csv", "Tijdstempel,Hoe belangrijk is dit voor u? [Fiscale planning],Hoe goed doen wij dit? [Fiscale planning],Voelde u zich begrepen?\n"+
		"2026/11/21 10:03:22 a.m. CET,4,2,Deels\n", "Google Forms", Options{})
	wantAnswers(t, "Google Forms", got, "2 |||2026-11-21 -1 -1 deels [] 5 thema/fiscale planning=4,2")

	_, got = readSurvey(t, "typeform.csv", "#,Wat mist u bij ons?,Hoe waarschijnlijk is het dat u ons aanbeveelt?,Start Date (UTC),Submit Date (UTC),Network ID\n"+
		"ab12,niets,6,2026-11-20 10:00:00,2026-11-21 10:00:00,deadbeef\n", "Typeform", Options{})
	wantAnswers(t, "Typeform", got, "2 ab12|||2026-11-21 6 -1  [] 0 «niets»")

	_, got = readSurvey(t, "monkey.csv", "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,Hoe belangrijk is dit voor u?,,"+nps+",Waarom wij?\n"+
		",,,,,,Groei,Personeel,Response,Open-Ended Response\n"+
		"118,7,11/20/2026 10:00,11/21/2026 10:00,10.0.0.1,,5,3,8,prima\n", "SurveyMonkey", Options{})
	wantAnswers(t, "SurveyMonkey", got, "3 118|||2026-11-21 8 -1  [] 5 thema/groei=5,-1 thema/personeel=3,-1 «prima»")
}

// TestSurveyMapped: a table of the office's own, as CLI.md maps it; and a file
// of comments alone.
func TestSurveyMapped(t *testing.T) {
	s, got := readSurvey(t, "eigen.csv", "wie;klant;groep;ronde;b1;p1;cijf;rust;uren;opm\n"+
		"r1;0017;Medewerkers;2026;9;7,5;7,5;8;3;=HYPERLINK(\"http://x\")\n"+
		"r2;18;oud-klanten;2026;10;11;7;8;3;buiten\n"+
		"r3;19;iedereen;2026;10;1;7;8;3;wie\n"+
		"r4;;prospects;2026;10;best wel;7;8;3;half\n"+
		"r5;;;;;;;;;\n"+
		"r6;;;;;;;;;😀\n", "",
		Options{Kind: analysis.ImportSurvey, Map: map[string]string{"respondent": "wie", "number": "klant", "audience": "groep", "wave": "ronde",
			"theme:groei:importance": "b1", "theme:groei:performance": "p1", "grade": "cijf", "benefit:rust": "rust", "sacrifice:uren": "uren",
			"comment:Verder": "opm"}})
	wantAnswers(t, "mapped", got,
		`2 r1|0017|| -1 7.5  [] 10 thema/groei=9,7.5 opbrengst/rust=8,-1 investering/uren=3,-1 «=HYPERLINK("http://x")»`,
		"7 r6||| -1 -1  [] 10 «😀»")
	if len(got) > 0 && (got[0].Audience != analysis.AskedEmployees || got[0].Wave != "2026" || got[0].Comments[0].Question != "Verder") {
		t.Errorf("first = %+v", got[0])
	}
	var refused []string
	for _, r := range s.Refused {
		refused = append(refused, fmt.Sprint(r.Line, " ", r.Reason.Key))
	}
	if !slices.Equal(refused, []string{"3 import.survey_score", "4 import.survey_audience", "5 import.survey_score", "6 import.survey_blank"}) || s.Read != 6 {
		t.Errorf("read %d, refused %v", s.Read, refused)
	}

	long := strings.Repeat("lang ", 20_000)
	s, got = readSurvey(t, "opmerkingen.csv", "opmerking\ngoed\n\""+long+"\"\n", "", Options{Kind: analysis.ImportSurvey})
	if len(got) != 2 || len(got[1].Comments[0].Text) != len(long)-1 || s.RefusedCount != 0 {
		t.Errorf("%d comments, refused %v", len(got), s.Refused)
	}
}

// TestSurveyThemes: eleven themes are no survey.
func TestSurveyThemes(t *testing.T) {
	var header, cells []string
	for i := range 11 {
		header, cells = append(header, fmt.Sprintf("Hoe belangrijk is dit? [Thema %d]", i)), append(cells, "4")
	}
	file := strings.Join(header, ";") + "\n" + strings.Join(cells, ";") + "\n"
	_, err := OpenReaderAt("x.csv", strings.NewReader(file), int64(len(file)), Options{Kind: analysis.ImportSurvey})
	if err == nil || !strings.Contains(err.Error(), "import.survey_too_many_themes") {
		t.Errorf("eleven themes: %v", err)
	}
}

// TestScores: how a score may be written.
func TestScores(t *testing.T) {
	for cell, want := range map[string]float64{"8": 8, "7,5": 7.5, "8/10": 8, "5 - zeer belangrijk": 5, "Heel belangrijk": 5, "n.v.t.": -1, "": -1,
		"10 (zeer waarschijnlijk)": 10, "Weet niet": -1} {
		if v, ok := scoreOf(cell); !ok || v != want {
			t.Errorf("scoreOf(%q) = %v, %v; want %v", cell, v, ok, want)
		}
	}
	for _, cell := range []string{"best wel", "8 kilo", "=8", "1.2.3", "-1", "😀", "e"} {
		if v, ok := scoreOf(cell); ok {
			t.Errorf("scoreOf(%q) = %v", cell, v)
		}
	}
}
