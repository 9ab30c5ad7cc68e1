package main

import (
	"testing"

	"golang.org/x/tools/txtar"

	"klantbot/bot/workspace"
)

// TestAnswersOvertakeAcknowledgements plays a dialogue full of forms while every
// acknowledgement shows long after the answer that follows it was drawn. What was
// typed in the form before must not stand in the one that comes instead.
func TestAnswersOvertakeAcknowledgements(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("dialogues/contact.txtar")
	if err != nil {
		t.Fatal(err)
	}
	st := newStage(t, sampleDB(t), withCorners)
	st.start()
	if err := st.slack.SetFaults(workspace.Faults{LateMS: 1500}); err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		play(st, f.Name, string(f.Data))
	}
	for _, refused := range st.slack.Refusals() {
		t.Errorf("slack refused something: %+v", refused)
	}
}
