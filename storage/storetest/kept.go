package storetest

import (
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
)

// Kept tries to change a final segmentation, what happened in a session and the trail, beside the program: exec runs one
// statement on the database of s and returns what the engine says.
func Kept(t *testing.T, s Store, exec func(statement string) error) {
	addClients(t, s, someone("1", "Een"))
	id := saveDraft(t, s, morning, someItems(3))
	why := overridden(1, analysis.SegmentA, "past bij ons")
	mustOverride(t, s, id, why)
	if err := finalize(t, s, id, "U2", time.Time{}); err != nil {
		t.Fatal(err)
	}
	saveDraft(t, s, morning, someItems(5))
	before, err := s.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, forbidden := range []string{
		`UPDATE segment_version SET state = 'concept' WHERE id = 1`,
		`UPDATE segment_version SET final_by = 'U3' WHERE id = 1`,
		`DELETE FROM segment_version WHERE id = 1`,
		`DELETE FROM segment_version`,
		`INSERT INTO segment_item VALUES (1, 99, 1, 1, 'A', NULL)`,
		`UPDATE segment_item SET segment = 'A' WHERE version_id = 1`,
		`UPDATE segment_item SET version_id = 1 WHERE version_id = 2 AND group_id = 5`,
		`DELETE FROM segment_item WHERE version_id = 1 AND group_id = 2`,
		`DELETE FROM segment_item`,
		`INSERT INTO override (version_id, group_id, reason, at) VALUES (1, 2, 'x', 0)`,
		`UPDATE override SET segment = 'D' WHERE version_id = 1`,
		`UPDATE override SET version_id = 1 WHERE version_id = 2`,
		`DELETE FROM override WHERE version_id = 1`,
	} {
		if err := exec(forbidden); err == nil {
			t.Errorf("the engine allows %s", forbidden)
		}
	}
	wantItems(t, s, id, someItems(3))
	wantOverrides(t, s, id, why)
	after, err := s.Versions(t.Context())
	if err != nil || len(after) != len(before) || after[0] != before[0] || after[1] != before[1] {
		t.Errorf("Versions = %v, %v; want %v", after, err, before)
	}
	// What may still be done: to forget what was said of somebody.
	if err := exec(`UPDATE override SET reason = '' WHERE group_id = 1`); err != nil {
		t.Errorf("forget a reason: %v", err)
	}
	if err := exec(`DELETE FROM segment_item WHERE version_id = 2`); err != nil {
		t.Errorf("delete items of a draft: %v", err)
	}
	keptEvents(t, s, exec)
	keptTrail(t, s, exec)
}

func keptEvents(t *testing.T, s Store, exec func(statement string) error) {
	begun(t, s, "T1", session.Subject{Segment: analysis.SegmentA})
	for _, forbidden := range []string{
		`DELETE FROM session_event`,
		`UPDATE session_event SET seq = 2`,
		`UPDATE session_event SET at = 0`,
		`UPDATE session_event SET name = 'x'`,
		`INSERT INTO session_event SELECT * FROM session_event`,
	} {
		if err := exec(forbidden); err == nil {
			t.Errorf("the engine allows %s", forbidden)
		}
	}
	// What may still be done: to forget what somebody wrote, and that they did.
	if err := exec(`UPDATE session_event SET body = '{}', by_user = ''`); err != nil {
		t.Errorf("forget what was written: %v", err)
	}
}
