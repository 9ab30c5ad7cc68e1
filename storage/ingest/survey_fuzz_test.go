package ingest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"klantbot/analysis"
)

// FuzzSurvey: whatever somebody exported, it is read or refused in a sentence, and an
// answer that came in has offsets and grades that can be.
func FuzzSurvey(f *testing.F) {
	for _, s := range []string{
		"respondent;nps;comment:Verder\n1;9;Prima\n2;x;\"a\nb\"\n",
		"Respondent ID,Collector ID,How likely?\n,,Response\n114,9,10\n115,9,\n",
		"Tijdstempel,Hoe waarschijnlijk is het dat u ons aanbeveelt?,Opmerkingen\n21-11-2026 09:00,8,Goed bereikbaar\n",
		"number;email;theme:opvolging:importance;theme:opvolging:performance;grade\n0042;a@b.nl;5;1;7,5\n",
		";;;\n\n\x00;\xff\n",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, packed bool) {
		name := "answers.csv"
		if packed { // as it is, and as something that only says that it is packed
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			_, _ = w.Write([]byte(text))
			_ = w.Close()
			name, text = "answers.csv.gz", b.String()+text
		}
		file, err := OpenReaderAt(name, strings.NewReader(text), int64(len(text)), Options{Kind: analysis.ImportSurvey, Tolerant: true})
		sink := &answersCollect{}
		if err == nil {
			defer file.Close()
			_, err = file.Read(t.Context(), sink)
		}
		var e *analysis.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("not a sentence: %v", err)
		}
	})
}
