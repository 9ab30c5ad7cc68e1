package storetest

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// set changes a setting in a Write of its own.
func set(t *testing.T, s Store, key string, version int, value string) error {
	t.Helper()
	return s.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Set(t.Context(), storage.Setting{Key: key, Version: version, Value: []byte(value), By: "U1",
			At: morning.Add(time.Duration(version) * time.Hour)})
	})
}

// wantSetting compares all of got.
func wantSetting(t *testing.T, got storage.Setting, key string, version int, value string) {
	t.Helper()
	want := storage.Setting{Key: key, Version: version, By: "U1", At: morning.Add(time.Duration(version-1) * time.Hour)}
	if !bytes.Equal(got.Value, []byte(value)) {
		t.Errorf("value of %s = %q, want %q", key, got.Value, value)
	}
	got.Value = nil
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("setting = %+v, want %+v", got, want)
	}
}

// testSettings: every version is kept, the newest counts, and nobody writes
// over what somebody else chose meanwhile.
func testSettings(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()
	_, err := s.Setting(ctx, "quota")
	wantKind(t, "Setting nobody chose", err, analysis.NotFound)
	for version, value := range []string{`{"A":5}`, `{"A":6}`, ""} {
		if err := set(t, s, "quota", version, value); err != nil {
			t.Fatalf("Set after version %d: %v", version, err)
		}
		got, err := other.Setting(ctx, "quota")
		if err != nil {
			t.Fatal(err)
		}
		wantSetting(t, got, "quota", version+1, value)
	}
	for _, stale := range []int{0, 2, 4, -1} {
		wantKind(t, fmt.Sprintf("Set after version %d", stale), set(t, s, "quota", stale, "{}"), analysis.Invalid)
	}
	history, err := s.SettingHistory(ctx, "quota")
	if err != nil || len(history) != 3 {
		t.Fatalf("SettingHistory = %v, %v; want three versions", history, err)
	}
	for i, value := range []string{"", `{"A":6}`, `{"A":5}`} {
		wantSetting(t, history[i], "quota", 3-i, value)
	}
	for _, key := range []string{"criteria/zzp", "criteria/mkb", "criteria", "criteria/é%_", "criterion/x"} {
		if err := set(t, s, key, 0, key); err != nil {
			t.Fatal(err)
		}
	}
	for prefix, want := range map[string]string{
		"criteria/":   "[criteria/mkb criteria/zzp criteria/é%_]",
		"criteria/é%": "[criteria/é%_]", "quota": "[quota]", "none": "[]",
		"": "[criteria criteria/mkb criteria/zzp criteria/é%_ criterion/x quota]",
	} {
		found, err := s.Settings(ctx, prefix)
		if err != nil {
			t.Fatal(err)
		}
		keys := []string{}
		for _, one := range found {
			keys = append(keys, one.Key)
		}
		wantEqual(t, "settings from "+prefix, fmt.Sprint(keys), want)
	}
	t.Run("at once", func(t *testing.T) { testSettingRaces(t, []Store{s, other}) })
}

// testSettingRaces: of many that change the same version exactly one does.
func testSettingRaces(t *testing.T, stores []Store) {
	for version := range 5 {
		var won, told atomic.Int32
		err := atOnce(6, func(i int) error {
			err := set(t, stores[i%2], "raced", version, fmt.Sprint(i))
			switch {
			case err == nil:
				won.Add(1)
			case analysis.KindOf(err) == analysis.Invalid:
				told.Add(1)
			default:
				return err
			}
			return nil
		})
		if err != nil || won.Load() != 1 || told.Load() != 5 {
			t.Errorf("%d changed it and %d were told, %v; want one and five", won.Load(), told.Load(), err)
		}
	}
}
