package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
)

// spooledResponse is a staged response with the place of its number among the
// idents of the file.
type spooledResponse struct {
	Ident int32
	analysis.StagedResponse
}

// AddResponses appends rows.
func (s *staging) AddResponses(ctx context.Context, rows []analysis.StagedResponse) error {
	if err := s.takes(ctx, analysis.ImportSurvey); err != nil {
		return err
	}
	if s.responses == nil {
		var err error
		if s.responses, err = newSpool(s.dir); err != nil {
			return fmt.Errorf("stage answers: %w", err)
		}
	}
	for _, r := range rows {
		staged := spooledResponse{s.lines.ident(&analysis.StagedLine{Number: r.Number}), r}
		b, err := json.Marshal(staged)
		if err != nil {
			return fmt.Errorf("stage answers: %w", err)
		}
		if err := s.responses.add(b); err != nil {
			return fmt.Errorf("stage answers: %w", err)
		}
	}
	return nil
}

// takingSurvey is the answers of one file on their way into the store.
type takingSurvey struct {
	*applying
	waves     map[waveKey]*takenWave
	who       []resolved         // by ident
	addresses map[string]mailbox // of clients and contact persons
	rows      struct{ respondents, responses, scores, comments *bulk }
}

// mailbox is who reads the mail of an e-mail address.
type mailbox struct{ client, contact int64 } // several: more than one client

// takeSurvey takes over the staged answers.
func (a *applying) takeSurvey(ctx context.Context) error {
	if a.s.responses == nil {
		return nil
	}
	t := takingSurvey{applying: a, waves: map[waveKey]*takenWave{}}
	var err error
	if t.who, err = a.resolve(ctx); err != nil {
		return fmt.Errorf("find clients: %w", err)
	}
	if t.addresses, err = a.addresses(ctx); err != nil {
		return err
	}
	t.rows.respondents = newBulk(a.e, "survey_respondent", "id, wave_id, token", "")
	t.rows.responses = newBulk(a.e, "survey_response", "id, wave_id, content, day, client_id, contact_id, market, nps, grade,"+
		" understanding, wants_contact, words, import_id", "")
	t.rows.scores = newBulk(a.e, "survey_score", "response_id, kind, name, importance, performance", "")
	t.rows.comments = newBulk(a.e, "survey_comment", "response_id, place, question, words", "")
	for b, err := range a.s.responses.all() {
		if err != nil {
			return err
		}
		var r spooledResponse
		if err := json.Unmarshal(b, &r); err != nil {
			return fmt.Errorf("read staged answers: %w", err)
		}
		if err := t.take(ctx, &r); err != nil {
			return err
		}
	}
	for _, rows := range []*bulk{t.rows.respondents, t.rows.responses, t.rows.scores, t.rows.comments} {
		if err := rows.flush(ctx); err != nil {
			return fmt.Errorf("insert: %w", err)
		}
	}
	if unmatched := a.out.Named - a.out.Matched; unmatched > 0 {
		a.out.Warnings = append(a.out.Warnings, analysis.Fail(analysis.Invalid, "import.survey_unmatched", analysis.Args{"count": unmatched}))
	}
	return nil
}

// take takes over one person's answers, finds them there already, or refuses
// them.
func (t *takingSurvey) take(ctx context.Context, r *spooledResponse) error {
	key := waveKey{waveName(cmp.Or(r.Wave, t.s.options.Wave)), cmp.Or(r.Audience, t.s.options.Audience, analysis.AskedClients)}
	if key.name == "" {
		t.refuse(r.Line, "import.survey_wave_missing", nil)
		return nil
	}
	w, err := t.wave(ctx, key)
	if err != nil {
		return err
	}
	who, content, err := w.identify(&r.StagedResponse)
	if err != nil {
		return err
	}
	if first, twice := w.lines[who.seen]; twice {
		t.refuse(r.Line, "import.survey_twice", analysis.Args{"line": first})
		return nil
	}
	w.lines[who.seen] = r.Line
	switch was, there := w.content[who.token]; {
	case w.Disclosure == analysis.ByName && t.who[r.Ident].refused == "import.forgotten":
		t.refuseOf(r.Line, r.Ident, t.who[r.Ident])
		return nil
	case there && was == content:
		t.out.Unchanged++
		return nil
	case there:
		t.refuse(r.Line, "import.survey_known", nil)
		return nil
	case w.Scale != 0 && r.Scale != 0 && r.Scale != w.Scale:
		t.refuse(r.Line, "import.survey_scale", analysis.Args{"scale": w.Scale, "given": r.Scale})
		return nil
	case !w.hasRoom(r.Scores):
		t.refuse(r.Line, "import.survey_themes", analysis.Args{"most": survey.MostThemes})
		return nil
	}
	if w.Scale == 0 && r.Scale != 0 {
		const set = `UPDATE survey_wave SET scale = ?2 WHERE id = ?1`
		if _, err := t.e.exec(ctx, set, int64(w.ID), r.Scale); err != nil {
			return fmt.Errorf("set scale of wave: %w", err)
		}
		w.Scale = r.Scale
	}
	w.content[who.token] = content
	t.out.Added++
	return t.insert(ctx, w, r, who.token, content)
}

// insert adds the answers; whom they are of is kept only where they know.
func (t *takingSurvey) insert(ctx context.Context, w *takenWave, r *spooledResponse, token, content string) error {
	var by mailbox
	if w.Disclosure == analysis.ByName {
		by = t.client(r)
		t.meet(w, by)
	}
	id, met := w.respondents[token]
	if !met {
		id = t.given["survey_respondent"].next()
		w.respondents[token] = id
		if err := t.rows.respondents.add(ctx, id, int64(w.ID), token); err != nil {
			return err
		}
	}
	words, err := json.Marshal(append([]string{}, r.Words...))
	if err != nil {
		return fmt.Errorf("write words: %w", err)
	}
	err = t.rows.responses.add(ctx, id, int64(w.ID), content, knownDay(r.Day), by.client, by.contact, r.Market,
		known(r.NPS != analysis.NotSaid, int64(r.NPS)), known(r.Grade != analysis.NotSaid, r.Grade), string(r.Understanding),
		bit(r.ContactWanted), string(words), t.id)
	if err != nil {
		return err
	}
	for _, s := range r.Scores {
		err := t.rows.scores.add(ctx, id, string(s.Kind), s.Name, known(s.Importance != analysis.NotSaid, s.Importance),
			known(s.Performance != analysis.NotSaid, s.Performance))
		if err != nil {
			return err
		}
	}
	for i, c := range r.Comments {
		if err := t.rows.comments.add(ctx, id, i+1, c.Question, c.Text); err != nil {
			return err
		}
	}
	return nil
}

func knownDay(d analysis.Day) any { return known(d.Known(), int64(d)) }

// client finds whose answers r are: by number, else by an e-mail address that
// is of one client.
func (t *takingSurvey) client(r *spooledResponse) mailbox {
	at := t.addresses[r.Email]
	if at.client == several {
		at = mailbox{}
	}
	if to := t.who[r.Ident]; r.Ident != 0 && to.client != 0 {
		if at.client != to.client {
			at.contact = 0
		}
		at.client = to.client
	}
	return at
}

// meet counts an answer by name, and whether its client is known: of those who are
// or were a client.
func (t *takingSurvey) meet(w *takenWave, by mailbox) {
	if w.Audience != analysis.AskedClients && w.Audience != analysis.AskedFormer {
		return
	}
	t.out.Named++
	if by.client != 0 {
		t.out.Matched++
	}
}

// addresses returns whose each known e-mail address is.
func (a *applying) addresses(ctx context.Context) (map[string]mailbox, error) {
	const all = `
		SELECT email, id, 0 FROM client WHERE email <> ''
		UNION ALL
		SELECT email, client_id, id FROM contact WHERE email <> ''`
	found := map[string]mailbox{}
	err := each(ctx, a.e, all, func(row scanner) error {
		var email string
		var at mailbox
		err := row.Scan(&email, &at.client, &at.contact)
		email = strings.ToLower(email)
		was, there := found[email]
		switch {
		case there && was.client != at.client:
			at = mailbox{client: several}
		case there && was.contact != 0 && at.contact != 0 && was.contact != at.contact:
			at.contact = 0 // colleagues with one mailbox
		case there:
			at.contact = max(at.contact, was.contact)
		}
		found[email] = at
		return err
	})
	return found, doing("read e-mail addresses", err)
}

// removeAnswers takes out the answers that the import brought. Respondents stay,
// and so does a wave of which something was shown: who comes back is known.
func (u *undoing) removeAnswers(ctx context.Context) error {
	const of = `(SELECT id FROM survey_response WHERE import_id = ?1)`
	for _, statement := range []string{
		`DELETE FROM survey_score WHERE response_id IN ` + of,
		`DELETE FROM survey_comment WHERE response_id IN ` + of,
		`DELETE FROM survey_followup WHERE response_id IN ` + of,
	} {
		if _, err := u.e.exec(ctx, statement, u.id); err != nil {
			return fmt.Errorf("delete answers: %w", err)
		}
	}
	n, err := u.e.exec(ctx, `DELETE FROM survey_response WHERE import_id = ?1`, u.id)
	if err != nil {
		return fmt.Errorf("delete answers: %w", err)
	}
	u.rows += int(n)
	const empty = `import_id = ?1 AND NOT EXISTS (SELECT 1 FROM survey_response r WHERE r.wave_id = survey_wave.id)
		AND NOT EXISTS (SELECT 1 FROM survey_shown s WHERE s.wave_id = survey_wave.id)`
	for _, statement := range []string{
		`DELETE FROM survey_respondent WHERE wave_id IN (SELECT id FROM survey_wave WHERE ` + empty + `)`,
		`DELETE FROM survey_wave WHERE ` + empty,
	} {
		if _, err := u.e.exec(ctx, statement, u.id); err != nil {
			return fmt.Errorf("delete wave: %w", err)
		}
	}
	return nil
}
