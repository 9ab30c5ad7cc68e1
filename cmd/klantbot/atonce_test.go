package main

import (
	"strings"
	"testing"

	"klantbot/analysis"
)

// TestTwoPressAtOnce: the partner and the manager of a client press *Gedaan* at the
// same moment, each in a message of their own. There is one moment, and who was
// second reads who was first.
func TestTwoPressAtOnce(t *testing.T) {
	for name, open := range map[string]func(testing.TB) string{"sqlite": sampleDB, "postgres": samplePostgres} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, open(t))
			st.start()
			play(st, "monday", `jump 2026-11-23T08:30
U05 dm sees Jacobs Kinderopvang B.V.
U01 #kantoor> /aandacht <@U05|sanne>
U01 #kantoor sees Jacobs Kinderopvang B.V.
together U05 dm press Gedaan below Jacobs Kinderopvang B.V. & U01 #kantoor press Gedaan below Jacobs Kinderopvang B.V.`)
			reads := func(text string) (n int) {
				for user, place := range map[string]string{"U05": st.channel("U05", "dm"), "U01": st.channel("U01", "#kantoor")} {
					for _, m := range st.slack.Messages(place, user) {
						if strings.Contains(readable(m), text) {
							n++
						}
					}
				}
				return n
			}
			st.await("one to have done it and the other to read who", func() bool {
				return reads("had dit contact al op 23 nov 2026. Er staat één moment") == 1 && reads("✓ Jacobs Kinderopvang B.V.: telefoongesprek gedaan door") >= 1
			})
			db, err := openStore(t.Context(), st.dsn)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			moments, day := 0, analysis.Date(2026, 11, 23)
			for m, err := range db.Moments(t.Context(), day, day) {
				if err != nil {
					t.Fatal(err)
				}
				if m.Asked != "" {
					moments++
				}
			}
			if moments != 1 {
				t.Errorf("%d moments", moments)
			}
		})
	}
}
