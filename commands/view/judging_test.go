package view

import (
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// judgeForms are the windows in which people judge.
func judgeForms(p *locale.Printer) map[string]Modal {
	then := time.Date(2026, 11, 3, 10, 0, 0, 0, time.UTC)
	criteria := append(value.DefaultCriteria()[2:], value.Criterion{Key: value.KeyPartnership, Source: value.Judged, Scale: value.Marks},
		value.Criterion{Key: "x", Name: hostile, Source: value.Judged, Scale: value.Marks, Meanings: []string{hostile, "b", "c", "d", "e"}})
	questions := []JudgeQuestion{{Criterion: criteria[0], Answered: true, Mark: 3, By: "U1", On: then}, {Criterion: criteria[2]},
		{Criterion: criteria[4], Answered: true, Mark: analysis.DontKnow, By: "U1", On: then}, {Criterion: criteria[5]}}
	changed := analysis.Fail(analysis.Invalid, "judge.changed", nil)
	return map[string]Modal{
		"judge": Judge(p, JudgeForm{Outcome: Outcome{Said: "Jansen is beoordeeld.", Undo: "3/5/0/2"}, Value: "3/6/0/0", Name: hostile, Number: "01000",
			Kind: "mkb", Questions: questions, Done: 3, Total: 33, Remark: analysis.Remark{Words: hostile}, Segment: "3/6/0", MayMark: true}),
		"judge_alone":   Judge(p, JudgeForm{Outcome: Outcome{Refused: changed}, Value: "0/6/1/0", Name: "Jansen", Number: "9", Alone: true, Questions: questions[:1], Segment: "3/6/0"}),
		"judge_done":    JudgeDone(p, JudgeEnd{Outcome: Outcome{Said: "Jansen is beoordeeld.", Undo: "3/5/0/2"}, Total: 33, Value: "3/0/0/0"}),
		"judge_skipped": JudgeDone(p, JudgeEnd{Waiting: 2, Total: 33, Value: "3/0/0/0"}),
		"judge_card":    JudgeDone(p, JudgeEnd{Outcome: Outcome{Said: "Jansen is beoordeeld."}, Card: "7"}),
		"judge_nobody":  JudgeDone(p, JudgeEnd{Value: "0/0/0/0"}),
		"judge_gone":    JudgeDone(p, JudgeEnd{}),
	}
}

func TestGoldenJudging(t *testing.T) {
	for _, lang := range locale.Langs() {
		for name, m := range judgeForms(locale.New(lang, nil)) {
			golden(t, name+"."+string(lang)+".json", m)
			if len([]rune(m.Title)) > maxTitle || len([]rune(m.Submit)) > maxTitle || len(m.Blocks) == 0 || len(m.Blocks) > 100 {
				t.Errorf("%s: title %q, submit %q, %d blocks", name, m.Title, m.Submit, len(m.Blocks))
			}
		}
	}
}

// Only what was offered is an answer.
func TestJudged(t *testing.T) {
	q := JudgeQuestion{Criterion: value.DefaultCriteria()[2]}
	for answer, want := range map[string]int{"0": 0, "4": 4, "?": analysis.DontKnow} {
		if mark, ok := Judged(map[string]string{q.field(): answer}, q); !ok || mark != want {
			t.Errorf("%q: %d, %v", answer, mark, ok)
		}
	}
	for _, answer := range []string{"", "5", "-1", "-2", "x", "1.5", "١"} {
		if mark, ok := Judged(map[string]string{q.field(): answer}, q); ok {
			t.Errorf("%q is %d", answer, mark)
		}
	}
	if _, ok := Judged(map[string]string{"judge:0:other": "3", "judge:7:" + q.Criterion.Key: "3"}, q); ok {
		t.Error("the answer to another question counts")
	}
}
