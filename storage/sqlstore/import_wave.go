package sqlstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
)

// waveKey is what makes a wave the same one.
type waveKey struct {
	name     string
	audience analysis.Audience
}

// waveName is a name as it is kept: on one line.
func waveName(s string) string { return strings.Join(strings.Fields(s), " ") }

// takenWave is a wave that an import brings answers of.
type takenWave struct {
	survey.Wave
	salt        string
	themes      map[string]bool
	content     map[string]string // of the answers that are there, by token
	respondents map[string]int64  // by token, also of answers that are gone
	lines       map[string]int    // of this file, by who they are of
	equal       map[string]int    // answers of this file with the same content
}

// wave returns the wave of a key, which it makes where there is none.
func (t *takingSurvey) wave(ctx context.Context, key waveKey) (*takenWave, error) {
	if w := t.waves[key]; w != nil {
		return w, nil
	}
	w := &takenWave{themes: map[string]bool{}, content: map[string]string{}, respondents: map[string]int64{},
		lines: map[string]int{}, equal: map[string]int{}}
	w.Name, w.Audience = key.name, key.audience
	const find = `SELECT id, disclosure, scale, salt FROM survey_wave WHERE name = ?1 AND audience = ?2`
	err := t.e.row(ctx, find, key.name, key.audience).Scan(&w.ID, &w.Disclosure, &w.Scale, &w.salt)
	missing := absent(err, "read wave", "survey.wave_missing")
	o := t.s.options
	switch {
	case missing == nil:
		if o.ByName && w.Disclosure != analysis.ByName && key.audience != analysis.AskedEmployees {
			return nil, analysis.Fail(analysis.Invalid, "survey.disclosure_fixed", analysis.Args{"wave": key.name})
		}
		err = t.known(ctx, w)
	case analysis.KindOf(missing) != analysis.NotFound:
		return nil, missing
	default:
		w.ID = analysis.WaveID(t.given["survey_wave"].next())
		w.Disclosure = analysis.Anonymous
		if o.ByName && key.audience != analysis.AskedEmployees {
			w.Disclosure = analysis.ByName
		}
		w.Day = analysis.DayOf(o.At.UTC())
		w.salt, err = insertWave(ctx, t.e, w.Wave, int64(w.ID), o.By, milliseconds(o.At), t.id)
	}
	if err != nil {
		return nil, err
	}
	t.waves[key] = w
	return w, nil
}

// insertWave adds a wave, with id 0 under the next id, and returns its salt.
func insertWave(ctx context.Context, e executor, w survey.Wave, id int64, by analysis.UserID, at, importID int64) (string, error) {
	const insert = `
		INSERT INTO survey_wave (id, name, audience, disclosure, salt, day, by_user, at, import_id)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`
	salt := rand.Text()
	_, err := e.exec(ctx, insert, id, w.Name, w.Audience, w.Disclosure, salt, int64(w.Day), by, at, importID)
	return salt, doing("insert wave", err)
}

// known reads what there is of a wave.
func (t *takingSurvey) known(ctx context.Context, w *takenWave) error {
	const (
		themes      = `SELECT DISTINCT s.name FROM survey_response r JOIN survey_score s ON s.response_id = r.id WHERE r.wave_id = ?1 AND s.kind = ?2`
		respondents = `SELECT p.id, p.token, COALESCE(r.content, '') FROM survey_respondent p LEFT JOIN survey_response r ON r.id = p.id WHERE p.wave_id = ?1`
	)
	err := each(ctx, t.e, themes, func(row scanner) error {
		var name string
		err := row.Scan(&name)
		w.themes[name] = true
		return err
	}, int64(w.ID), analysis.ThemeScore)
	if err != nil {
		return fmt.Errorf("read themes of wave: %w", err)
	}
	err = each(ctx, t.e, respondents, func(row scanner) error {
		var id int64
		var token, content string
		err := row.Scan(&id, &token, &content)
		w.respondents[token] = id
		if content != "" {
			w.content[token] = content
		}
		return err
	}, int64(w.ID))
	return doing("read respondents of wave", err)
}

// hasRoom reports whether the wave stays within its nine themes with scores, and
// counts them.
func (w *takenWave) hasRoom(scores []analysis.SurveyScore) bool {
	n := len(w.themes)
	for _, s := range scores {
		if s.Kind == analysis.ThemeScore && !w.themes[s.Name] {
			n++
		}
	}
	if n > survey.MostThemes {
		return false
	}
	for _, s := range scores {
		if s.Kind == analysis.ThemeScore {
			w.themes[s.Name] = true
		}
	}
	return true
}

// identity is how a respondent is known again: seen within this file, and token
// in the store.
type identity struct{ seen, token string }

// identify returns whose answers r are, and their content. What the survey tool
// calls them is kept as a hash with a salt. Of an anonymous wave a hash of a name
// or an address is not kept even so: whoever guesses it could check the guess.
// Then, and where nothing is said, it is the answers themselves that are known
// again, and equal ones of a file are counted apart.
func (w *takenWave) identify(r *analysis.StagedResponse) (identity, string, error) {
	b, err := json.Marshal(struct {
		Day    analysis.Day
		Market string
		analysis.SurveyAnswers
	}{r.Day, r.Market, r.SurveyAnswers})
	if err != nil {
		return identity{}, "", fmt.Errorf("write answers: %w", err)
	}
	content := hashed(w.salt, string(b))
	said := cmp.Or(r.Respondent, r.Email, r.Number)
	if said != "" && (w.Disclosure == analysis.ByName || said == r.Respondent && opaque(said)) {
		return identity{said, hashed(w.salt, "respondent\x00", said)}, content, nil
	}
	w.equal[content]++
	token := hashed(content, fmt.Sprint(w.equal[content]))
	return identity{cmp.Or(said, token), token}, content, nil
}

// opaque reports whether the way a tool calls a respondent says nothing of who
// they are: a number or a code, no name and no address.
func opaque(s string) bool {
	return strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, " @")
}

func hashed(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}
