package sqlstore

import (
	"context"
	"hash/maphash"

	"klantbot/analysis"
)

// sameTouch is what makes two moments the same: of a group, or of a client where
// group is 0. The note is a hash: a hundred thousand of them are held.
type sameTouch struct {
	group   analysis.GroupID
	client  int64
	day     int32
	kind    int8
	manager int64
	note    uint64
}

// touchesThere are the moments there are, each of which is one row's of a file.
type touchesThere struct {
	seed maphash.Seed
	at   map[sameTouch][]int32 // places in taken
	// taken says of each that a row was it.
	taken []bool
}

// touchesThere reads the moments of the file's days, also those that were taken
// back: who took one back does not want it again with the next file.
func (a *applying) touchesThere(ctx context.Context) (*touchesThere, error) {
	const between = `
		SELECT COALESCE(g.merged_into, t.group_id), t.client_id, t.day, t.kind, t.manager_id, t.note, t.source
		FROM touch t
		LEFT JOIN client_group g ON g.id = t.group_id
		WHERE t.newest = 1 AND t.day BETWEEN ?1 AND ?2
		ORDER BY t.id`
	there := &touchesThere{seed: maphash.MakeSeed(), at: map[sameTouch][]int32{}}
	err := each(ctx, a.e, between, func(row scanner) error {
		var group, client, day, manager int64
		var kind, note, source string
		err := row.Scan(&group, &client, &day, &kind, &manager, &note, &source)
		if source != "import" {
			client = 0 // whoever logged it may have had another client of the group in mind
		}
		there.put(client, analysis.GroupID(group), sameTouch{day: int32(day), kind: int8(analysis.TouchKind(kind).Place()), manager: manager,
			note: maphash.String(there.seed, note)})
		return err
	}, int64(a.s.lines.first), int64(a.s.lines.last))
	return there, doing("read moments", err)
}

func (t *touchesThere) put(client int64, group analysis.GroupID, same sameTouch) {
	i := int32(len(t.taken))
	t.taken = append(t.taken, false)
	same.group = group
	t.at[same] = append(t.at[same], i)
	if client != 0 {
		same.group, same.client = 0, client
		t.at[same] = append(t.at[same], i)
	}
}

// take reports whether there is still such a moment of client, or else of group,
// which is one less then. One that a file brought stays the same where the client is
// in another group by now, or where it had a colleague whom nobody knew.
func (t *touchesThere) take(client int64, group analysis.GroupID, same sameTouch) bool {
	ofClient, ofGroup, byNobody := same, same, same
	ofClient.client, ofGroup.group, byNobody.client, byNobody.manager = client, group, client, 0
	for _, key := range []sameTouch{ofClient, ofGroup, byNobody} {
		places, any := t.at[key]
		if !any {
			continue
		}
		for len(places) > 0 && t.taken[places[0]] {
			places = places[1:]
		}
		if t.at[key] = places; len(places) > 0 {
			t.taken[places[0]] = true
			return true
		}
	}
	return false
}
