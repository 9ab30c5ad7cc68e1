package sqlstore

import (
	"context"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Questions = (*DB)(nil)

// questionRows selects questions; scanQuestion reads them.
const questionRows = `
	SELECT q.id, q.request, q.channel, q.thread, q.user_id, q.intent, q.likely, q.client_id, q.manager_id, q.mine, q.segment, q.against,
		q.client_type, q.layer, q.service_id, q.lacking, q.theme, q.audience, q.days, q.most, q.period_from, q.period_to, q.kind, q.verdict, q.at, q.told_until
	FROM question q
	WHERE `

func scanQuestion(row scanner) (q storage.Question, err error) {
	var at, mine, lacking, telling int64
	var likely string
	err = row.Scan(&q.ID, &q.Request, &q.Channel, &q.Thread, &q.User, &q.Intent, &likely, &q.Client, &q.Manager, &mine, &q.Segment, &q.Against,
		&q.Type, &q.Layer, &q.Service, &lacking, &q.Theme, &q.Audience, &q.Days, &q.Most, &q.From, &q.To, &q.Kind, &q.Verdict, &at, &telling)
	if telling != 0 {
		q.Telling = instant(telling)
	}
	if q.Mine, q.Lacking, q.At = mine != 0, lacking != 0, instant(at); likely != "" {
		q.Likely = strings.Split(likely, ",")
	}
	return q, err
}

// Question fulfils storage.Questions.
func (db *DB) Question(ctx context.Context, id storage.QuestionID) (storage.Question, error) {
	q, err := scanQuestion(db.reader().row(ctx, questionRows+`q.id = ?1`, int64(id)))
	return q, absent(err, "read a question", "ask.gone")
}

// LastQuestion fulfils storage.Questions.
func (db *DB) LastQuestion(ctx context.Context, channel analysis.ChannelID, thread string, user analysis.UserID, since time.Time) (storage.Question, error) {
	const last = questionRows + `q.user_id = ?1 AND q.channel = ?2 AND (?3 = '' OR q.thread = ?3) AND q.at >= ?4 ORDER BY q.id DESC LIMIT 1`
	q, err := scanQuestion(db.reader().row(ctx, last, user, channel, thread, milliseconds(since)))
	return q, absent(err, "read the question before", "ask.gone")
}

// AskedIn fulfils storage.Questions.
func (db *DB) AskedIn(ctx context.Context, channel analysis.ChannelID, thread string, since time.Time) (n int, err error) {
	const count = `SELECT COUNT(*) FROM question q WHERE q.channel = ?1 AND q.thread = ?2 AND q.at >= ?3`
	return n, doing("count the questions of a thread", db.reader().row(ctx, count, channel, thread, milliseconds(since)).Scan(&n))
}

// IntentCounts fulfils storage.Questions.
func (db *DB) IntentCounts(ctx context.Context, since time.Time) ([]storage.IntentCount, error) {
	const counts = `
		SELECT q.intent, COUNT(*), SUM(CASE WHEN q.verdict > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN q.verdict < 0 THEN 1 ELSE 0 END)
		FROM question q
		WHERE q.at >= ?1
		GROUP BY q.intent
		ORDER BY 2 DESC, 1`
	rows, err := db.reader().query(ctx, counts, milliseconds(since))
	all, err := collect(rows, err, func(row scanner) (c storage.IntentCount, err error) {
		return c, row.Scan(&c.Intent, &c.Asked, &c.Good, &c.NotGood)
	})
	return all, doing("count questions", err)
}

// QuestionRemarks fulfils storage.Questions.
func (db *DB) QuestionRemarks(ctx context.Context, since time.Time, limit int) ([]storage.QuestionRemark, error) {
	const newest = `SELECT r.request, r.intent, r.verdict, r.words, r.at FROM question_remark r WHERE r.at >= ?1 ORDER BY r.id DESC LIMIT ?2`
	rows, err := db.reader().query(ctx, newest, milliseconds(since), limit)
	all, err := collect(rows, err, func(row scanner) (r storage.QuestionRemark, err error) {
		var at int64
		err = row.Scan(&r.Request, &r.Intent, &r.Verdict, &r.Words, &at)
		r.At = instant(at)
		return r, err
	})
	return all, doing("read remarks on answers", err)
}

// AddQuestion fulfils storage.QuestionTx.
func (t tx) AddQuestion(ctx context.Context, q storage.Question) (id storage.QuestionID, err error) {
	const (
		add = `
			INSERT INTO question (request, channel, thread, user_id, intent, likely, client_id, manager_id, mine, segment, against,
				client_type, layer, service_id, lacking, theme, audience, days, most, period_from, period_to, kind, at, told_until)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
			ON CONFLICT (request) DO NOTHING`
		find = `SELECT q.id FROM question q WHERE q.request = ?1`
	)
	args := append([]any{q.Request, q.Channel, q.Thread, q.User}, slotsOf(q)...)
	if _, err := t.exec(ctx, add, append(args, milliseconds(q.At), tellingUntil(q))...); err != nil {
		return 0, doing("keep a question", err)
	}
	return id, doing("find a question", t.row(ctx, find, q.Request).Scan(&id))
}

func tellingUntil(q storage.Question) int64 {
	if q.Telling.IsZero() {
		return 0
	}
	return milliseconds(q.Telling)
}

// slotsOf are what q was taken for and is about, in the order of the columns.
func slotsOf(q storage.Question) []any {
	flag := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return []any{q.Intent, strings.Join(q.Likely, ","), int64(q.Client), int64(q.Manager), flag(q.Mine), q.Segment, q.Against,
		q.Type, q.Layer, int64(q.Service), flag(q.Lacking), text(q.Theme), q.Audience, q.Days, q.Most, int64(q.From), int64(q.To), q.Kind}
}

// ReviseQuestion fulfils storage.QuestionTx.
func (t tx) ReviseQuestion(ctx context.Context, q storage.Question) error {
	const revise = `
		UPDATE question SET intent = ?3, likely = ?4, client_id = ?5, manager_id = ?6, mine = ?7, segment = ?8, against = ?9,
			client_type = ?10, layer = ?11, service_id = ?12, lacking = ?13, theme = ?14, audience = ?15, days = ?16, most = ?17,
			period_from = ?18, period_to = ?19, kind = ?20
		WHERE id = ?1 AND user_id = ?2`
	n, err := t.exec(ctx, revise, append([]any{int64(q.ID), q.User}, slotsOf(q)...)...)
	return oneQuestion(n, "change a question", err)
}

// JudgeQuestion fulfils storage.QuestionTx.
func (t tx) JudgeQuestion(ctx context.Context, id storage.QuestionID, user analysis.UserID, v storage.Verdict) error {
	n, err := t.exec(ctx, `UPDATE question SET verdict = ?3 WHERE id = ?1 AND user_id = ?2`, int64(id), user, int(v))
	return oneQuestion(n, "judge an answer", err)
}

// oneQuestion is NotFound where n, how many were changed, is none.
func oneQuestion(n int64, what string, err error) error {
	if err == nil && n == 0 {
		return analysis.Fail(analysis.NotFound, "ask.gone", nil)
	}
	return doing(what, err)
}

// AddQuestionRemark fulfils storage.QuestionTx.
func (t tx) AddQuestionRemark(ctx context.Context, r storage.QuestionRemark) error {
	const add = `INSERT INTO question_remark (request, intent, verdict, words, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (request) DO NOTHING`
	if strings.TrimSpace(r.Words) == "" {
		return analysis.Fail(analysis.Invalid, "ask.remark.empty", nil)
	}
	_, err := t.exec(ctx, add, r.Request, r.Intent, int(r.Verdict), text(r.Words), milliseconds(r.At))
	return doing("keep a remark on an answer", err)
}

// ForgetQuestions fulfils storage.QuestionTx.
func (t tx) ForgetQuestions(ctx context.Context, before time.Time, limit int) (int, error) {
	const (
		asked   = `DELETE FROM question WHERE id IN (SELECT q.id FROM question q WHERE q.at < ?1 ORDER BY q.at LIMIT ?2)`
		written = `DELETE FROM question_remark WHERE id IN (SELECT r.id FROM question_remark r WHERE r.at < ?1 ORDER BY r.at LIMIT ?2)`
	)
	n, err := t.exec(ctx, asked, milliseconds(before), limit)
	if err != nil {
		return 0, doing("forget questions", err)
	}
	also, err := t.exec(ctx, written, milliseconds(before), limit)
	return int(max(n, also)), doing("forget remarks on answers", err)
}
