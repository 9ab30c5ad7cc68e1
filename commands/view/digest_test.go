package view

import (
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// sampleItems are rows in every state.
func sampleItems() []AttentionItem {
	asked := func(group analysis.GroupID, name string) AttentionItem {
		return AttentionItem{Item: attention.Item{Group: group, Segment: analysis.SegmentA, Activity: "telefoongesprek", Touch: analysis.Call,
			Period: attention.PeriodOf(4, analysis.Date(2026, 11, 23)), DaysLate: 12, Silence: 100}, Name: name, Person: "P. Jansen", Client: "7",
			Value: "d/2026-W48;3;telefoongesprek/2026-10-01"}
	}
	signal := asked(1, "Jansen Groep")
	signal.Signals = []attention.Signal{{Kind: attention.ServiceStopped, Day: analysis.Date(2026, 10, 1), Args: analysis.Args{"service": "Controle"}}}
	lent := asked(2, hostile)
	lent.Person, lent.Holder, lent.HandedBy, lent.Activity = hostile, "Fleur de Vries", "Henk Bos", hostile
	items := []AttentionItem{signal, lent}
	for n, state := range []AttentionState{AttentionDone, AttentionLater, AttentionNotNeeded, AttentionHanded, AttentionMoved, AttentionGone} {
		i := asked(analysis.GroupID(10+n), "Bakkerij Smit")
		i.State, i.Who, i.Day = state, "Henk Bos", analysis.Date(2026, 11, 30)
		if state == AttentionDone {
			i.Talked = "2026-11-30"
		}
		items = append(items, i)
	}
	return items
}

func TestGoldenDigest(t *testing.T) {
	week := attention.WeekOf(analysis.Date(2026, 11, 23))
	late := AttentionItem{Item: attention.Item{Activity: "bezoek", DaysLate: 140}, Name: "Visser Groep", Holder: "Fleur de Vries"}
	seen := late
	seen.State, seen.Who, seen.Day = AttentionDone, "Fleur de Vries", analysis.Date(2026, 11, 24)
	visit := late
	visit.Activity, visit.Touch, visit.Role, visit.Holder, visit.Manager = "bezoek", analysis.Visit, attention.ByPartner, "", "Fleur de Vries"
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range map[string]Message{
			"digest_first": DigestMessage(p, Digest{Week: week, Value: week.String(), Asked: 1, Rows: sampleItems()[:1]}),
			"digest": DigestMessage(p, Digest{Week: week, Value: week.String(), Asked: 12, Rows: sampleItems(), Rest: 3, Batch: 1, Waiting: 4, OverdueCount: 2,
				Overdue: []AttentionItem{late}, Last: &DigestResult{Week: week, Asked: 6, Done: 4, Later: 1, Handed: 1},
				Unfit: UnfitWords(p, attention.Load{Needed: 9.1, Possible: 8, Proposals: []attention.Proposal{{Kind: attention.RaiseCapacity, From: 8, To: 10}}}, nil)}),
			"digest_overdue": DigestMessage(p, Digest{Week: week, Value: week.String(), OverdueCount: 2, Overdue: []AttentionItem{late, seen}, Asked: 1, Rows: []AttentionItem{visit}, Last: &DigestResult{Week: week}}),
			"handed":         Handed(p, sampleItems()[0], "U7"),
			"stub":           Stub(p, "client.card"),
		} {
			if m.Text == "" || len(m.Blocks) > 50 {
				t.Errorf("%s: %d blocks, text %q", name, len(m.Blocks), m.Text)
			}
			golden(t, name+"."+string(lang)+".json", m)
		}
		for name, m := range map[string]Modal{
			"digest_rest":     DigestRest(p, week, sampleItems()),
			"digest_rest_0":   DigestRest(p, week, nil),
			"digest_settings": DigestForm(p, DigestChoice{Weekday: 2, Minute: 555, Shown: 8, Stopped: true, Version: 3, Zone: "Europe/Amsterdam", Away: "x"}),
			"attention_later": SnoozeForm(p, hostile, "v", analysis.Date(2026, 11, 30)),
			"attention_skip":  SkipForm(p, hostile, "v"),
			"attention_hand":  HandForm(p, hostile, "v"),
			"attention_note":  NoteForm(p, hostile, "v", analysis.Touch{Kind: analysis.Call, Day: analysis.Date(2026, 11, 23), Note: hostile}),
		} {
			golden(t, name+"."+string(lang)+".json", m)
		}
	}
}

// TestDigestIsSilentOnALockScreen: the text of a digest names nobody and no
// amount, whatever its rows say.
func TestDigestIsSilentOnALockScreen(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	m := DigestMessage(p, Digest{Asked: 8, Rows: sampleItems()})
	if m.Text != "Uw week: 8 relatiegroepen vragen aandacht." {
		t.Errorf("it says %q", m.Text)
	}
	if m := Handed(p, sampleItems()[0], "U7"); m.Text != "Een collega droeg een contactmoment aan u over." {
		t.Errorf("it says %q", m.Text)
	}
}

// TestLongestDigest: twenty rows of an office that wants them all fit in what
// Slack takes.
func TestLongestDigest(t *testing.T) {
	d := Digest{Asked: 90, Rest: 70, Batch: 2, Waiting: 9, OverdueCount: 1, Overdue: sampleItems()[:1], Unfit: []string{"a", "b"}, Last: &DigestResult{Asked: 3}}
	for range 18 {
		d.Rows = append(d.Rows, sampleItems()[2])
	}
	if m := DigestMessage(locale.New(locale.Dutch, nil), d); len(m.Blocks) > 50 {
		t.Errorf("%d blocks", len(m.Blocks))
	}
	var many []AttentionItem
	for range 90 {
		many = append(many, sampleItems()[0])
	}
	if m := DigestRest(locale.New(locale.Dutch, nil), d.Week, many); len(m.Blocks) > 100 {
		t.Errorf("%d blocks", len(m.Blocks))
	}
}
