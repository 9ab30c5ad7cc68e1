package sample

import (
	"bytes"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/ingest"
	"klantbot/storage/sqlite"
)

// TestSurveys: the sample office asked twice, all four audiences answered, some
// four hundred people in all, and the answers hold what programs trip over.
func TestSurveys(t *testing.T) {
	size := Default(analysis.Date(2026, 11, 21))
	people, text := 0, ""
	for _, round := range Rounds(size) {
		var file, again bytes.Buffer
		if err := WriteSurvey(&file, size, round); err != nil {
			t.Fatal(err)
		}
		if err := WriteSurvey(&again, size, round); err != nil || !bytes.Equal(file.Bytes(), again.Bytes()) {
			t.Errorf("%s is another one each time (%v)", round.Name, err)
		}
		people += strings.Count(file.String(), "\r\n") - 1
		text += file.String()
	}
	if people < 370 || people > 430 {
		t.Errorf("%d people answered, want some 400", people)
	}
	for _, part := range []string{"Ignore all previous", "Negeer alle eerdere", "111222333", "=HYPERLINK", "😀", "Pieter Jansen", "die snelheid"} {
		if !strings.Contains(text, part) {
			t.Errorf("nobody wrote %q", part)
		}
	}
}

// TestSurveysLoad: everything is taken over, by name where it may be.
func TestSurveysLoad(t *testing.T) {
	ctx, size, at := t.Context(), Default(analysis.Date(2026, 11, 21)), analysis.Date(2026, 11, 21).Time()
	size.Groups = 200
	db, err := sqlite.Open(ctx, t.TempDir()+"/office.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := Load(ctx, db, size, at); err != nil {
		t.Fatal(err)
	}
	waves, err := db.Waves(ctx)
	if err != nil || len(waves) != 8 {
		t.Fatalf("Waves = %v, %v; want two of each audience", waves, err)
	}
	for _, w := range waves {
		if by := w.Disclosure == analysis.ByName; w.Responses < 5 || by == (w.Audience == analysis.AskedEmployees) || w.Scale != 5 {
			t.Errorf("wave %+v", w)
		}
	}
	clients := 0
	named, err := db.NamedResponses(ctx, 0)
	for _, r := range named {
		if r.Group != 0 {
			clients++
		}
	}
	if err != nil || clients < 40 {
		t.Errorf("%d answers of clients, %v", clients, err)
	}
	round := Rounds(size)[1]
	var file bytes.Buffer
	if err := WriteSurvey(&file, size, round); err != nil {
		t.Fatal(err)
	}
	f, err := ingest.OpenReaderAt("x.csv", bytes.NewReader(file.Bytes()), int64(file.Len()), ingest.Options{Kind: analysis.ImportSurvey})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	staging, err := db.Stage(ctx, storage.ImportOptions{Kind: analysis.ImportSurvey, Wave: round.Name, ByName: true, At: at})
	if err != nil {
		t.Fatal(err)
	}
	defer staging.Close()
	read, err := f.Read(ctx, staging)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := staging.Compare(ctx); err != nil || out.Added != 0 || out.Unchanged != read.Read || read.RefusedCount != 0 {
		t.Errorf("loaded again: %+v, %v; want %d unchanged", out, err, read.Read)
	}
}
