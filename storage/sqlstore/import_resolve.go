package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/storage"
)

// resolved is the client of an ident, or why its lines are refused.
type resolved struct {
	client  int64
	refused string // key of the sentence
	number  string // of who was forgotten, where the file may write it otherwise
}

// resolve finds the client of every ident, by place: by client number, else
// debtor number, else KvK number, else btw-id, else client number but for the
// zeros in front, which spreadsheets eat. Names decide nothing: an audit file
// cuts them at fifty characters. What is found twice is refused.
func (a *applying) resolve(ctx context.Context) ([]resolved, error) {
	idents := a.s.lines.idents
	who := make([]resolved, len(idents))
	if err := a.byNumber(ctx, who); err != nil {
		return nil, err
	}
	open := 0
	for _, w := range who[1:] {
		if w.client == 0 {
			open++
		}
	}
	if open == 0 {
		return who, nil
	}
	if err := a.byOtherKeys(ctx, who); err != nil {
		return nil, err
	}
	return who, a.createUnknown(ctx, who)
}

// askAtMost is how many numbers are asked for by themselves; more than that
// are found sooner by reading every client once.
const askAtMost = 20000

// byNumber finds clients by their number.
func (a *applying) byNumber(ctx context.Context, who []resolved) error {
	const (
		some = `SELECT id, number FROM client WHERE number IN (SELECT value FROM json_each(?1))`
		all  = `SELECT id, number FROM client`
	)
	lines := a.s.lines
	found := func(row scanner) error {
		var id int64
		var number string
		err := row.Scan(&id, &number)
		for at := lines.byNumber[number]; at != 0; at = lines.idents[at].next {
			who[at].client = id
		}
		return err
	}
	if len(lines.byNumber) > askAtMost {
		return each(ctx, a.e, all, found)
	}
	numbers := slices.Collect(maps.Keys(lines.byNumber))
	for len(numbers) > 0 {
		n := min(len(numbers), 500)
		list, err := json.Marshal(numbers[:n])
		if err != nil {
			return err
		}
		if err := each(ctx, a.e, some, found, string(list)); err != nil {
			return err
		}
		numbers = numbers[n:]
	}
	return nil
}

// byOtherKeys finds those that are still open by debtor number, KvK number,
// btw-id and bare number, in one sweep over the clients.
func (a *applying) byOtherKeys(ctx context.Context, who []resolved) error {
	const all = `SELECT id, number, debtor, kvk, vat FROM client`
	idents := a.s.lines.idents
	keys := newKeyHits()
	for i := 1; i < len(idents); i++ {
		if who[i].client == 0 {
			keys.want(idents[i])
		}
	}
	err := each(ctx, a.e, all, func(row scanner) error {
		var id int64
		var number, debtor, kvk, vat string
		err := row.Scan(&id, &number, &debtor, &kvk, &vat)
		keys.bare.hit(bareNumber(number), id)
		keys.debtor.hit(debtor, id)
		keys.kvk.hit(kvk, id)
		keys.vat.hit(vat, id)
		return err
	})
	if err != nil {
		return err
	}
	for i := 1; i < len(idents); i++ {
		if who[i].client == 0 {
			who[i] = keys.find(idents[i])
		}
	}
	return nil
}

// hits are the clients that have a wanted key: the first, or several.
type hits map[string]int64

// several stands for more than one client.
const several = -1

func (h hits) want(key string) {
	if key != "" {
		h[key] = 0
	}
}

func (h hits) hit(key string, id int64) {
	if was, wanted := h[key]; wanted {
		if was == 0 {
			h[key] = id
		} else if was != id {
			h[key] = several
		}
	}
}

// keyHits are the hits by each key. A file's number may be any of them.
type keyHits struct{ debtor, kvk, vat, bare hits }

func newKeyHits() keyHits { return keyHits{hits{}, hits{}, hits{}, hits{}} }

// bareNumber is a number of digits without the zeros in front, and "" for any
// other.
func bareNumber(number string) string {
	for _, c := range []byte(number) {
		if c < '0' || c > '9' {
			return ""
		}
	}
	return strings.TrimLeft(number, "0")
}

func (k keyHits) want(w ident) {
	said := w.said()
	k.debtor.want(w.number)
	k.kvk.want(w.number)
	k.kvk.want(said.kvk)
	k.vat.want(w.number)
	k.vat.want(said.vat)
	k.bare.want(bareNumber(w.number))
}

// find returns the client of w by the first key that anybody has.
func (k keyHits) find(w ident) resolved {
	said := w.said()
	for _, id := range []int64{k.debtor[w.number], k.kvk[said.kvk], k.kvk[w.number], k.vat[said.vat], k.vat[w.number],
		k.bare[bareNumber(w.number)]} {
		if id == several {
			return resolved{refused: "import.ambiguous_client"}
		}
		if id != 0 {
			return resolved{client: id}
		}
	}
	return resolved{}
}

// refuseOf refuses a row of ident, which was resolved to who.
func (a *applying) refuseOf(line int, ident int32, who resolved) {
	a.refuse(line, who.refused, analysis.Args{"number": cmp.Or(who.number, a.s.lines.idents[ident].number)})
}

// createUnknown makes clients of the numbers that nobody has, or refuses them
// once there is a client list: a debtor number is not always the client number,
// and doubles are worse than a question.
func (a *applying) createUnknown(ctx context.Context, who []resolved) error {
	create, unknown := !a.list || a.s.options.CreateUnknown, "import.unknown_client"
	if k := a.s.options.Kind; k == analysis.ImportHours || k == analysis.ImportJudgements || k == analysis.ImportTouches || k == analysis.ImportSurvey {
		create, unknown = false, "import.unknown_number"
	}
	made := map[string]int64{}
	idents := a.s.lines.idents
	for i := 1; i < len(idents); i++ {
		switch number := idents[i].number; {
		case who[i].client != 0 || who[i].refused != "":
		case a.forgotten.meant(number) != "":
			who[i].refused, who[i].number = "import.forgotten", a.forgotten.meant(number)
		case !create:
			who[i].refused = unknown
		case made[number] != 0:
			who[i].client = made[number]
		default:
			id, err := a.createClient(ctx, idents[i])
			if err != nil {
				return fmt.Errorf("create client: %w", err)
			}
			who[i].client, made[number] = id, id
		}
	}
	return a.clients.flush(ctx)
}

// createClient makes a client of what a revenue file says, in a group of its
// own.
func (a *applying) createClient(ctx context.Context, w ident) (int64, error) {
	said := w.said()
	c := analysis.Client{Number: w.number, Name: cmp.Or(said.name, w.number), KVK: said.kvk, VAT: said.vat, Email: said.email,
		Status: analysis.Current, FTE: -1, Balance: -1, Elsewhere: -1, Since: analysis.NoDay, Until: analysis.NoDay}
	var err error
	if c.Group, err = a.clients.newGroup(ctx, c.Number, c.Name, 0, 0); err != nil {
		return 0, err
	}
	a.names = true
	a.out.CreatedCount++
	if len(a.out.Created) < storage.RefusedShown {
		a.out.Created = append(a.out.Created, c.Number)
	}
	id, err := a.clients.insert(ctx, &c)
	return int64(id), err
}
