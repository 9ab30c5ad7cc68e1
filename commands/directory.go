package commands

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"klantbot/analysis"
	"klantbot/analysis/match"
	"klantbot/storage"
)

// Directory finds clients by what people call them. It keeps the name index of
// the whole office in memory and builds it anew when the store says that names
// changed; a search meanwhile uses the old one. It is safe for concurrent use.
type Directory struct {
	names   storage.Names
	started chan struct{} // closed when the names are known for the first time; nil: nobody waits for that
	refresh sync.Mutex
	current atomic.Pointer[indexed]
}

// indexed is one state of the index with whom its keys stand for.
type indexed struct {
	version int64
	index   *match.Index
	clients []analysis.ClientID
	groups  []analysis.GroupID // of clients, when it was built
}

// NewDirectory returns a Directory that knows nobody until Refresh.
func NewDirectory(names storage.Names) *Directory {
	d := &Directory{names: names}
	d.current.Store(&indexed{version: -1, index: match.NewBuilder(0).Build()})
	return d
}

// Start reads the names for the first time, beside whatever else a start has to do,
// until ctx ends; failed says how that went and is closed when it has ended. Questions
// wait for it. It is called before anything is asked, and once.
func (d *Directory) Start(ctx context.Context) (failed <-chan error) {
	started, ended := make(chan struct{}), make(chan error, 1)
	d.started = started
	go func() {
		defer close(ended)
		err := d.Refresh(ctx)
		if err == nil {
			close(started)
		}
		ended <- err
	}()
	return ended
}

// known returns the index, once there is one; nil when ctx ended before that.
func (d *Directory) known(ctx context.Context) *indexed {
	if d.started != nil {
		select {
		case <-d.started:
		case <-ctx.Done():
			return nil
		}
	}
	return d.current.Load()
}

// Refresh brings the index up to date with the store, and does nothing where
// it is. Callers poll it: the command line may import beside a running server.
func (d *Directory) Refresh(ctx context.Context) error {
	d.refresh.Lock()
	defer d.refresh.Unlock()
	version, err := d.names.NamesVersion(ctx)
	if err != nil {
		return fmt.Errorf("ask for the version of the names: %w", err)
	}
	before := d.current.Load()
	if before.version == version {
		return nil
	}
	next, b := &indexed{version: version}, match.NewBuilder(0)
	for entry, err := range d.names.Names(ctx) {
		if err != nil {
			return fmt.Errorf("read the names: %w", err)
		}
		if len(next.clients) == 0 {
			b = match.NewBuilder(entry.Among)
			next.clients, next.groups = make([]analysis.ClientID, 0, entry.Among), make([]analysis.GroupID, 0, entry.Among)
		}
		next.add(b, entry)
	}
	next.index = b.Build()
	d.current.Store(next)
	return nil
}

func (x *indexed) add(b *match.Builder, e storage.NameEntry) {
	key := match.Key(len(x.clients))
	x.clients, x.groups = append(x.clients, e.Client), append(x.groups, e.Group)
	b.Add(key, match.Name, e.Name)
	if e.GroupName != "" {
		b.Add(key, match.Group, e.GroupName)
	}
	for _, c := range e.Codes {
		b.Add(key, match.Code, c)
	}
	for _, c := range e.Contacts {
		b.Add(key, match.Contact, c)
	}
}

// Found is one client that a search found.
type Found struct {
	Client analysis.ClientID
	Score  float64 // 0..1; 1 is exactly what was asked
	Via    string  // what matched where it was not the client's own name
}

// Size returns how many clients there are; 0 when ctx ended before that was known.
func (d *Directory) Size(ctx context.Context) int {
	if x := d.known(ctx); x != nil {
		return len(x.clients)
	}
	return 0
}

// Built reports whether the names were read at all.
func (d *Directory) Built() bool { return d.current.Load().version >= 0 }

// Find returns the clients that query means, best first, at most limit, and
// whether the first is the one clear hit that needs no question. Clients that ctx
// does not show are not found; where that can not be told, nobody is.
func (d *Directory) Find(ctx context.Context, query string, limit int) (found []Found, clear bool) {
	x := d.known(ctx)
	hidden, err := d.names.Hides(ctx)
	if x == nil || err != nil {
		return nil, false
	}
	hits := x.seen(x.index.Find(query, max(limit, 2)+x.of(hidden)), hidden)
	_, clear = match.Clear(hits)
	return x.resolve(hits[:min(len(hits), limit)]), clear
}

// Relation returns a client of the one relatiegroep that query clearly means, where it
// does not clearly mean one client: of those hits of which each is of that group, the
// best. Figures of the group are the same for all of them.
func (d *Directory) Relation(ctx context.Context, query string) (client analysis.ClientID, clear bool) {
	x := d.known(ctx)
	hidden, err := d.names.Hides(ctx)
	if x == nil || err != nil {
		return 0, false
	}
	hits := x.seen(x.index.Find(query, mostRelated+x.of(hidden)), hidden)
	if len(hits) >= mostRelated {
		return 0, false // who else is called so is not seen
	}
	had := map[analysis.GroupID]bool{}
	hits = slices.DeleteFunc(hits, func(h match.Hit) bool {
		group := x.groups[h.Key]
		again := had[group]
		had[group] = true
		return again
	})
	if _, clear = match.Clear(hits); !clear {
		return 0, false
	}
	return x.clients[hits[0].Key], true
}

// mostRelated is how many clients of a name are looked at for one group.
const mostRelated = 100

// Hides returns the relatiegroepen that ctx does not show (see storage.Seeing).
func (d *Directory) Hides(ctx context.Context) (map[analysis.GroupID]bool, error) {
	return d.names.Hides(ctx)
}

// Nearest returns the at most limit clients whose names come closest when Find
// knows none.
func (d *Directory) Nearest(ctx context.Context, query string, limit int) []Found {
	x := d.known(ctx)
	hidden, err := d.names.Hides(ctx)
	if x == nil || err != nil {
		return nil
	}
	hits := x.seen(x.index.Nearest(query, limit+x.of(hidden)), hidden)
	return x.resolve(hits[:min(len(hits), limit)])
}

// of counts the clients of groups.
func (x *indexed) of(groups map[analysis.GroupID]bool) (n int) {
	if len(groups) == 0 {
		return 0
	}
	for _, g := range x.groups {
		if groups[g] {
			n++
		}
	}
	return n
}

// seen are hits without those of hidden groups.
func (x *indexed) seen(hits []match.Hit, hidden map[analysis.GroupID]bool) []match.Hit {
	if len(hidden) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(h match.Hit) bool { return hidden[x.groups[h.Key]] })
}

func (x *indexed) resolve(hits []match.Hit) []Found {
	found := make([]Found, len(hits))
	for i, h := range hits {
		found[i] = Found{Client: x.clients[h.Key], Score: h.Score}
		if h.Kind == match.Contact || h.Kind == match.Group {
			found[i].Via = h.Text
		}
	}
	return found
}
