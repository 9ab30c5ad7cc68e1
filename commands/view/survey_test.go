package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// sampleSurvey is a survey of clients by name and of employees, with a wave before.
func sampleSurvey() SurveyReport {
	themes := []survey.ThemeFigures{
		{Name: "fiscale planning", Importance: survey.Estimate{N: 40, Mean: 4.6, SD: .5}, Performance: survey.Estimate{N: 38, Mean: 3.04, SD: 1.1}, Quadrant: survey.Concentrate},
		{Name: hostile, Importance: survey.Estimate{N: 40, Mean: 4, SD: .6}, Performance: survey.Estimate{N: 39, Mean: 4.25, SD: .7}, Quadrant: survey.Keep},
		{Name: "duurzaamheid", Importance: survey.Estimate{N: 40, Mean: 2.2, SD: 1}, Quadrant: ""},
	}
	nps, _ := survey.NewNPS(20, 12, 8)
	clients := survey.Wave{ID: 3, Name: "Klantonderzoek 2026", Audience: analysis.AskedClients, Disclosure: analysis.ByName, Scale: 5, Day: analysis.Date(2026, 11, 10), Responses: 40}
	employees := survey.Wave{ID: 4, Name: clients.Name, Audience: analysis.AskedEmployees, Disclosure: analysis.Anonymous, Scale: 5, Day: analysis.Date(2026, 11, 9), Responses: 12}
	before := clients
	before.ID, before.Name, before.Day = 1, "Klantonderzoek "+hostile, analysis.Date(2025, 11, 10)
	return SurveyReport{Name: clients.Name, Refused: 2,
		Gap: []survey.PerceptionGap{{Theme: "fiscale planning", Employees: 4.1, Clients: 3.04, Difference: survey.Difference{Value: 1.06, StandardError: .3}}},
		Audiences: []SurveyAudience{{
			Figures: survey.Figures{Wave: clients, NPS: &nps, Grade: &survey.Estimate{N: 39, Mean: 7.44}, Listening: &survey.Listening{Yes: 24, Partly: 10, No: 6}, Themes: themes,
				Cut: &survey.Cut{Importance: 3.6, Performance: 3.6}, Words: []survey.WordCount{{Word: "betrouwbaar", Rung: 1, N: 30}, {Word: "verrassend", Rung: 3, N: 3, Ambition: true}, {Word: hostile, N: 1}},
				Perceived: &survey.Perceived{Benefits: survey.Estimate{N: 30, Mean: 3.9}, Sacrifices: survey.Estimate{N: 30, Mean: 3.1}, Difference: survey.Estimate{N: 30, Mean: .8, SD: 1.2}}},
			AllMarkets: []survey.Figures{{Wave: clients, Market: "Zorg"}, {Wave: clients, Market: hostile}},
			Changes: &survey.Changes{Previous: before, NPS: &survey.Difference{Value: 14, StandardError: 5},
				Themes: map[string]survey.Difference{"fiscale planning": {Value: -.31, StandardError: .1}, hostile: {Value: .1, StandardError: .1}}},
			Summary: sampleSaid()},
			{Figures: survey.Figures{Wave: employees, Grade: &survey.Estimate{N: 12, Mean: 8.1}, Themes: []survey.ThemeFigures{
				{Name: "fiscale planning", Importance: survey.Estimate{N: 12, Mean: 4.5}, Performance: survey.Estimate{N: 12, Mean: 4.1}}},
				Suppressed: []survey.Suppressed{{Audience: analysis.AskedEmployees, Figure: "comments", Verdict: survey.TooFew}}}}}}
}

func sampleSaid() SurveySummary {
	said := SurveySummary{Mode: "offline", Answers: 61, Flagged: []string{"R9"}, LeftOut: []SurveyLeftOut{{"R4", LeftOutNotToldYou}, {"R5", LeftOutAnonymity}},
		Sources: map[string]analysis.ResponseID{"R1": 11, "R2": 12}, Places: map[string]int{"R2": 1},
		Clauses: []SurveyClause{{Theme: "fiscale planning", Text: "Advies komt te laat.", Citations: []string{"R1", "R2"}}},
		Themes:  []SurveyFinding{{Theme: "fiscale planning", Positive: 4, Neutral: 1, Negative: 9, Dissent: "positive"}, {Theme: SurveyOther, Negative: 2}},
		Why:     []SurveyQuote{{ID: "R7", Response: 17, Text: "Korte lijnen.", Who: "Jansen Groep", Scored: analysis.NotSaid}}}
	for i, text := range []string{"Advies komt steeds als het jaar al voorbij is.", "Te laat.", "Niemand belt ooit terug, " + strings.Repeat("echt nooit, ", 40), hostile} {
		q := SurveyQuote{ID: "R1", Response: analysis.ResponseID(11 + i), Place: i, Theme: "fiscale planning", Polarity: "negative", Text: text, Who: hostile, Scored: analysis.NotSaid}
		if i == 3 {
			q.Polarity, q.Scored = "positive", 4
		}
		said.Quotes = append(said.Quotes, q)
	}
	return said
}

func surveyScreen(part SurveyPart, about string) SurveyScreen {
	return SurveyScreen{SurveyReport: sampleSurvey(), Spot: SurveySpot{Wave: 3, Part: part, About: about}, AsOf: analysis.Date(2026, 11, 21), All: true, Own: 4,
		Holders: []SurveyHolder{{ID: 4, Name: "Anna Smit"}, {ID: 5, Name: hostile}}}
}

func TestGoldenSurveys(t *testing.T) {
	held := []SurveyHeld{{Name: "Klantonderzoek 2026", Waves: []survey.Wave{sampleSurvey().Audiences[0].Wave, sampleSurvey().Audiences[1].Wave}},
		{Name: hostile, Waves: []survey.Wave{{ID: 9, Audience: analysis.AskedProspects, Disclosure: analysis.ByName, Day: analysis.Date(2026, 11, 20)}}}}
	cut := surveyScreen(SurveyHead, "")
	cut.Spot.Cut, cut.Title = SurveyCut{Segment: analysis.SegmentA}, "segment A"
	nobody := cut
	nobody.Audiences = []SurveyAudience{{Figures: survey.Figures{Wave: survey.Wave{ID: 3, Day: analysis.Date(2026, 11, 10)}}}}
	guarded := surveyScreen(SurveyCuts, "")
	guarded.Lead = 1
	model := surveyScreen(SurveySaid, "")
	model.Audiences[0].Summary.Mode = SurveyByModel
	answers := []SurveyAnswer{{Wave: "Klantonderzoek 2026", Day: analysis.Date(2026, 11, 5), Question: "Wat kan er beter?", Text: hostile, Who: hostile, Client: 7, NPS: 3, Grade: 6},
		{Wave: "Klantonderzoek 2026", Audience: analysis.AskedEmployees, Day: analysis.NoDay, Month: analysis.Date(2026, 11, 9), Text: strings.Repeat("x", 100000), NPS: analysis.NotSaid, Grade: analysis.NotSaid}}
	page := SurveyClientPage{Client: analysis.Client{ID: 7}, Group: analysis.Group{ID: 3, Name: hostile}, All: 6, AsOf: analysis.Date(2026, 11, 21),
		Answers: []SurveyClientAnswer{{Wave: held[0].Waves[0], Response: survey.Response{Day: analysis.Date(2026, 11, 5), SurveyAnswers: analysis.SurveyAnswers{NPS: 3, Grade: 6, Understanding: analysis.PartlyUnderstood,
			Scores:   []analysis.SurveyScore{{Kind: analysis.ThemeScore, Name: "fiscale planning", Importance: 5, Performance: 2}},
			Comments: []analysis.SurveyComment{{Question: "Waarom wij?", Text: hostile}, {Text: "Geen vraag."}}}}}}}
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range map[string]Message{
			"survey_list":    SurveysMessage(p, SurveyList{Surveys: held, Size: 2, Listed: 5, Offset: 2, Form: true}),
			"survey_empty":   SurveysMessage(p, SurveyList{Size: 8}),
			"survey_unknown": SurveyUnknown(p, hostile, nil, held),
			"survey_several": SurveyUnknown(p, "klant", held, held),
			"survey_head":    SurveyMessage(p, surveyScreen(SurveyHead, "")),
			"survey_cut":     SurveyMessage(p, cut),
			"survey_nobody":  SurveyMessage(p, nobody),
			"survey_sides":   SurveyMessage(p, surveyScreen(SurveySides, "")),
			"survey_themes":  SurveyMessage(p, surveyScreen(SurveyThemes, "")),
			"survey_theme":   SurveyMessage(p, surveyScreen(SurveyTheme, SurveyMark("fiscale planning"))),
			"survey_said":    SurveyMessage(p, surveyScreen(SurveySaid, "")),
			"survey_model":   SurveyMessage(p, model),
			"survey_quotes":  SurveyMessage(p, surveyScreen(SurveyQuotes, QuotesMissed)),
			"survey_worth":   SurveyMessage(p, surveyScreen(SurveyWorth, "")),
			"survey_cuts":    SurveyMessage(p, surveyScreen(SurveyCuts, "")),
			"survey_guarded": SurveyMessage(p, guarded),
			"survey_sources": SurveySources(p, answers, 1, analysis.Date(2026, 11, 21), SurveySpot{Wave: 3, Part: SurveySaid}),
			"survey_client":  SurveyClient(p, page),
			"survey_silent":  SurveyClient(p, SurveyClientPage{Group: analysis.Group{Name: hostile}}),
			"survey_settings": SurveySettings(p, SurveyChosen{Choices: survey.Defaults(), Seeds: []survey.Theme{{Name: hostile, Seeds: []string{"fiscaal", hostile}}},
				Themes: SurveyOrigin{Own: true, At: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)}, AsOf: analysis.Date(2026, 11, 21), MayChange: true}),
			"survey_letter": QuestionnaireLetter(p, analysis.AskedEmployees, analysis.Anonymous, 27),
		} {
			golden(t, name+"."+string(lang)+".json", m)
			withinLimits(t, name, m)
		}
		golden(t, "survey_form."+string(lang)+".json", QuestionnaireForm(p, analysis.Date(2026, 11, 21)))
		golden(t, "survey_words."+string(lang)+".json", SurveyWordsForm(p, SurveyWords{Themes: "opvolging\nveehouderij: koeien, " + hostile, Rungs: [Rungs]string{"deskundig", "", "boerenslim *"}, Private: "1/0"}))
		golden(t, "survey_words_saved."+string(lang)+".json", SurveyWordsSaved(p, 2, 1))
		golden(t, "survey_made."+string(lang)+".json", QuestionnaireMade(p, hostile, "Uw antwoorden zijn anoniem.", 27))
	}
}

// withinLimits holds a message against what Slack takes of one.
func withinLimits(t *testing.T, name string, m Message) {
	t.Helper()
	if n := len(m.Blocks); n == 0 || n > 50 {
		t.Errorf("%s has %d blocks", name, n)
	}
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 60000 {
		t.Errorf("%s is %d bytes", name, len(raw))
	}
}

// TestSurveySpots: a spot survives its button, and what is no spot is none.
func TestSurveySpots(t *testing.T) {
	for _, cut := range []SurveyCut{{}, {Segment: analysis.SegmentC}, {Manager: 12}, {Market: SurveyMark("Zorg")}} {
		want := SurveySpot{Wave: 7, Part: SurveyQuotes, Cut: cut, About: QuotesMissed, Offset: 6}
		got, ok := ParseSurveySpot(want.String())
		if !ok || got != want {
			t.Errorf("%q is read as %+v, %v", want, got, ok)
		}
		source := SurveySource{Spot: want, Answers: []SurveyAnswerRef{{5, 0}, {9, 3}}}
		again, ok := ParseSurveySource(source.String())
		if !ok || again.Spot != want || len(again.Answers) != 2 || again.Answers[1] != (SurveyAnswerRef{9, 3}) {
			t.Errorf("%q is read as %+v, %v", source, again, ok)
		}
	}
	for _, wrong := range []string{"", "7", "x/head///0", "0/head///0", "7/head/sZ//0", "7/head/m0//0", "7/head/q//0", "7/head///-1", "7/head///0/1", "7/head//" + strings.Repeat("a", 30) + "/0"} {
		if spot, ok := ParseSurveySpot(wrong); ok {
			t.Errorf("%q is read as %+v", wrong, spot)
		}
	}
	for _, wrong := range []string{"7/head///0", "7/head///0|", "7/head///0|x", "7/head///0|1.-1", "7/head///0|1.0,2.0,3.0,4.0,5.0,6.0"} {
		if source, ok := ParseSurveySource(wrong); ok {
			t.Errorf("%q is read as %+v", wrong, source)
		}
	}
}
