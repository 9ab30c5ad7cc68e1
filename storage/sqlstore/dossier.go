package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Dossiers = (*DB)(nil)

// place is where something of a client is kept. Which rows, of names in braces
// for the ids that subjectOf finds.
type place struct {
	table string
	rows  string
	// gone narrows rows to what can be forgotten; empty: all of them.
	gone string
	// blank is what is set where the row itself stays; empty: it is deleted.
	blank string
	// hidden says that it is the program's own bookkeeping, which tells nobody more.
	hidden bool
	// stays says that it is not forgotten.
	stays bool
}

// places are all of them, in an order in which they can be taken out. Every table
// of the schema is here or in placesOfNobody, by a test.
var places = []place{
	{table: "survey_score", rows: `response_id IN ({responses})`},
	{table: "survey_comment", rows: `response_id IN ({responses})`},
	{table: "survey_followup", rows: `response_id IN ({responses})`},
	{table: "survey_response", rows: `id IN ({responses})`},
	{table: "survey_respondent", rows: `id IN ({responses})`, blank: `token = 'vergeten/' || CAST(id AS TEXT)`, hidden: true},
	{table: "feedback", rows: `client_id IN ({clients})`},
	{table: "question", rows: `client_id IN ({clients})`},
	{table: "touch", rows: `client_id IN ({clients}) OR contact_id IN ({contacts}) OR client_id = 0 AND group_id IN ({groups})`},
	{table: "attention_mark", rows: `group_id IN ({groups})`},
	{table: "attention_own", rows: `group_id IN ({groups})`},
	{table: "occasion", rows: `contact_id IN ({contacts}) OR group_id IN ({groups})`},
	{table: "invitation", rows: `group_id IN ({groups})`},
	{table: "judgement", rows: `group_id IN ({groups})`},
	{table: "remark", rows: `group_id IN ({groups})`},
	{table: "future", rows: `group_id IN ({groups})`},
	{table: "override", rows: `group_id IN ({groups})`, blank: `reason = ''`},
	{table: "segment_item", rows: `group_id IN ({groups})`, gone: `version_id IN (SELECT id FROM segment_version WHERE state = 'concept')`},
	{table: "session_event", rows: eventsOfSubject, blank: "-"},
	{table: "session_action", rows: `group_id IN ({groups}) OR session_id IN ({sessions})`, blank: `whenever = '', what = '–', reason = '', group_id = 0`},
	{table: "session", rows: `id IN ({sessions})`, blank: `goal = '', group_id = 0`},
	{table: "objection", rows: `contact_id IN ({contacts})`},
	{table: "restriction", rows: `group_id IN ({groups})`},
	{table: "invoice_line", rows: `client_id IN ({clients})`},
	{table: "hours", rows: `client_id IN ({clients})`},
	{table: "ledger_file", rows: `ledger_id IN (SELECT id FROM ledger WHERE client_id IN ({clients}) OR group_id IN ({groups}))`, blank: "-"},
	{table: "ledger", rows: `client_id IN ({clients}) OR group_id IN ({groups})`, blank: "-"},
	{table: "audit", rows: `token IN ({tokens})`, stays: true},
	{table: "subject_token", rows: `token IN ({tokens})`, hidden: true},
	{table: "before_image", rows: `table_name = 'client' AND row_key IN ({clientkeys}) OR table_name = 'contact' AND row_key IN ({contactkeys}) OR
		table_name = 'client_group' AND row_key IN ({groupkeys}) OR table_name IN ('invoice_line', 'hours') AND ({linekeys})`},
	{table: "proposal_group", rows: `group_id IN ({groups})`, hidden: true},
	{table: "merge_move", rows: `entity = 'client' AND row_id IN ({clients}) OR entity = 'group' AND row_id IN ({groups})`, hidden: true},
	{table: "contact", rows: `id IN ({contacts})`},
	{table: "client", rows: `id IN ({clients})`},
	{table: "client_group", rows: `id IN ({groups})`},
}

// eventsOfSubject are the events of sessions about the group, and of actions for it.
const eventsOfSubject = `session_id IN ({sessions}) OR EXISTS (SELECT 1 FROM session_action a
	WHERE a.session_id = session_event.session_id AND a.group_id IN ({groups})
	AND (a.action_id = session_event.seq OR session_event.body LIKE '%"action":' || CAST(a.action_id AS TEXT) || ',%'))`

// placesOfNobody are the tables that have nothing of one client.
var placesOfNobody = []string{"office", "member", "manager", "service", "source", "unattributed_line", "import", "proposal", "inbox", "processed",
	"setting", "segment_version", "lifetime_fit", "absence", "digest_choice", "gathering", "survey_wave", "survey_shown", "model_cache", "model_spent",
	"model_call", "reflection", "audit_seal", "forgotten", "question_remark", "goose_db_version"}

// subjectIDs are the ids by which a client is known.
type subjectIDs struct {
	client analysis.Client
	alone  bool
	groups []analysis.GroupID // that are this client's alone
	at     time.Time          // of the forgetting
	lists  map[string]string  // by name, as they stand in places
}

// subjectOf finds by which ids a client is known. Where the group has other clients
// its own rows are only among them when groupToo says so.
func (e executor) subjectOf(ctx context.Context, client analysis.Client, groupToo bool) (subjectIDs, error) {
	s := subjectIDs{client: client, lists: map[string]string{}}
	of := fmt.Sprintf(`SELECT id FROM client WHERE group_id = %d`, client.Group)
	members, err := e.numbers(ctx, of)
	if err != nil {
		return s, err
	}
	s.alone = len(members) == 1
	var groups []int64
	if s.alone || groupToo {
		if groups, err = e.numbers(ctx, fmt.Sprintf(`SELECT id FROM client_group WHERE id = %d OR merged_into = %d`, client.Group, client.Group)); err != nil {
			return s, err
		}
	}
	for _, id := range groups {
		s.groups = append(s.groups, analysis.GroupID(id))
	}
	contacts, err := e.numbers(ctx, fmt.Sprintf(`SELECT id FROM contact WHERE client_id = %d`, client.ID))
	if err != nil {
		return s, err
	}
	clients := []int64{int64(client.ID)}
	s.lists["clients"], s.lists["groups"], s.lists["contacts"] = idList(clients), idList(groups), idList(contacts)
	s.lists["clientkeys"], s.lists["groupkeys"], s.lists["contactkeys"] = quoted(clients), quoted(groups), quoted(contacts)
	s.lists["linekeys"] = fmt.Sprintf(`row_key LIKE '[%d,%%'`, client.ID)
	for name, query := range map[string]string{
		"responses": `SELECT id FROM survey_response WHERE client_id IN ({clients}) OR contact_id IN ({contacts})`,
		"sessions":  `SELECT id FROM session WHERE group_id IN ({groups}) AND group_id <> 0`,
	} {
		ids, err := e.numbers(ctx, s.fill(query))
		if err != nil {
			return s, err
		}
		s.lists[name] = idList(ids)
	}
	s.lists["tokens"] = s.fill(`SELECT token FROM subject_token WHERE client_id IN ({clients}) OR client_id = 0 AND group_id IN ({groups})`)
	return s, nil
}

// fill puts the ids in the place of their names. They are our own numbers, so the
// statement stays what it is.
func (s subjectIDs) fill(statement string) string {
	for name, ids := range s.lists {
		statement = strings.ReplaceAll(statement, "{"+name+"}", ids)
	}
	return statement
}

func idList(ids []int64) string {
	if len(ids) == 0 {
		return "-1"
	}
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(all, ", ")
}

func quoted(ids []int64) string {
	return "'" + strings.ReplaceAll(idList(ids), ", ", "', '") + "'"
}

// numbers reads one column of ids. The statement is not remembered, as exec and
// query do: it is another one each time.
func (e executor) numbers(ctx context.Context, statement string) ([]int64, error) {
	rows, err := e.on.QueryContext(ctx, statement)
	return collect(rows, err, func(row scanner) (id int64, err error) { return id, row.Scan(&id) })
}

// once runs a statement that is another one each time.
func (e executor) once(ctx context.Context, statement string) (int, error) {
	r, err := e.on.ExecContext(ctx, statement)
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// Dossier fulfils storage.Dossiers, as of one moment.
func (db *DB) Dossier(ctx context.Context, id analysis.ClientID) (storage.Dossier, error) {
	client, err := db.Client(ctx, id)
	if err != nil {
		return storage.Dossier{}, err
	}
	d := storage.Dossier{Client: client}
	err = db.snapshot(ctx, func(e executor) error {
		s, err := e.subjectOf(ctx, client, true)
		if err != nil {
			return err
		}
		d.Alone = s.alone
		for _, at := range slices.Backward(places) { // the client first
			if at.hidden {
				continue
			}
			part, err := e.part(ctx, at.table, s.fill(at.rows))
			if err != nil {
				return fmt.Errorf("%s: %w", at.table, err)
			}
			if len(part.Rows) > 0 {
				d.Parts = append(d.Parts, part)
			}
		}
		return nil
	})
	return d, doing("read dossier", err)
}

func (e executor) part(ctx context.Context, table, where string) (storage.DossierPart, error) {
	p := storage.DossierPart{Table: table}
	rows, err := e.on.QueryContext(ctx, "SELECT * FROM "+table+" WHERE "+where+" ORDER BY 1, 2")
	if err != nil {
		return p, err
	}
	defer rows.Close()
	if p.Columns, err = rows.Columns(); err != nil {
		return p, err
	}
	for rows.Next() {
		row, into := make([]any, len(p.Columns)), make([]any, len(p.Columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return p, err
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = string(b)
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p, rows.Err()
}

// DossierTables are the tables in which something of one client may be, and those
// in which nothing is.
func DossierTables() (some, none []string) {
	for _, at := range places {
		some = append(some, at.table)
	}
	return some, slices.Clone(placesOfNobody)
}
