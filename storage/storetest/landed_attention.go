package storetest

import (
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// landedAttention checks what schema 4 added.
func landedAttention(t *testing.T, s Store) {
	ctx := t.Context()
	at := time.UnixMilli(1763712000000).UTC()
	visit := analysis.Touch{ID: 1, Version: 2, Group: 1, Client: 2, Kind: analysis.Visit, Day: 20455, By: "U1", Manager: 1,
		Note: "belde over de overname", Next: "offerte", NextDay: 20470, Source: "card", Link: "https://x.example/p1", Author: "U2",
		At: at.Add(time.Second)}
	wantTouches(t, s, "landed", 1, visit)
	if all, err := s.TouchHistory(ctx, 1); err != nil || len(all) != 2 || all[1].Kind != analysis.Call || all[1].NextDay.Known() {
		t.Errorf("TouchHistory = %v, %v; want a call that became a visit", all, err)
	}
	again := called(3, 20500)
	again.Asked = "kaart/2026-01-01"
	write(t, s, func(tx storage.Tx) error {
		id, added, err := tx.AddTouch(ctx, again)
		if err == nil && (added || id != 3) {
			t.Errorf("AddTouch of what was answered = %d, %v; want moment 3", id, added)
		}
		return err
	})
	g, err := s.AttentionGroup(ctx, 1, 20470, 3)
	if err != nil || g.More == nil || !g.More.HasOwn || len(g.More.Own) != 1 || len(g.More.Marks) != 1 ||
		g.More.Marks[0].State != attention.NotNeeded || len(g.More.Occasions) != 1 {
		t.Errorf("AttentionGroup = %s, %v", spelled(g), err)
	}
	if all, err := s.Absences(ctx, 20454, 20454); err != nil || len(all) != 1 || all[0].Deputy != 2 {
		t.Errorf("Absences = %v, %v", all, err)
	}
	if c, err := s.Digest(ctx, "U1"); err != nil || c.Weekday != 2 || c.Minute != 540 || !c.At.Equal(at) {
		t.Errorf("Digest = %v, %v", c, err)
	}
	if all, err := s.Gatherings(ctx, 9); err != nil || len(all) != 1 || all[0].Came != 1 {
		t.Errorf("Gatherings = %v, %v", all, err)
	}
}
