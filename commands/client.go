package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Limits of what a search shows.
const (
	mostChoices = 10 // by buttons; more become a searchable list
	mostNearest = 3
	mostOptions = 40 // of a searchable list
	mostQuery   = 200
)

// Client answers /klant and what its screens carry.
type Client struct {
	Directory *Directory
	Cards     Cards
	Store     storage.Writer
}

// Show answers /klant: the card of the one client that is meant, a choice
// where there are several, the nearest names where there is none.
func (c Client) Show(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	query := clean(req.Text)
	if query == "" || strings.EqualFold(query, "help") {
		return Say(view.ClientHelp(p)), nil
	}
	found, clear := c.Directory.Find(ctx, query, mostChoices+1)
	if clear {
		return c.card(ctx, req, found[0].Client)
	}
	if len(found) > mostChoices {
		return Say(view.Many(p, query)), c.auditSearch(ctx, req)
	}
	if len(found) == 0 {
		nearest, err := c.candidates(ctx, query, c.Directory.Nearest(ctx, query, mostNearest))
		if err != nil {
			return Reply{}, err
		}
		return Say(view.Nearest(p, query, nearest)), c.auditSearch(ctx, req)
	}
	candidates, err := c.candidates(ctx, query, found)
	if err != nil {
		return Reply{}, err
	}
	return Say(view.Choices(p, query, candidates)), c.auditSearch(ctx, req)
}

// Said answers a mention or a message to the bot: what was said is a name to
// look up, with or without the command's own word before it.
func (c Client) Said(ctx context.Context, req Request) (Reply, error) {
	req.Text = clean(req.Text)
	if reply, ok, err := c.saidTouch(ctx, req); ok || err != nil {
		return reply, err
	}
	word, rest, _ := strings.Cut(req.Text, " ")
	switch strings.ToLower(strings.TrimPrefix(word, "/")) {
	case "klant", "client":
		req.Text = rest
	}
	return c.Show(ctx, req)
}

// Open answers a button or a list that names a client: its card, in place.
func (c Client) Open(ctx context.Context, req Request) (Reply, error) {
	id, err := clientOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.card(ctx, req, id)
}

// Find answers the shortcut "Zoek klant": a window to search in.
func (c Client) Find(_ context.Context, req Request) (Reply, error) {
	return Show(view.FindModal(locale.New(req.Lang, req.Zone))), nil
}

// Suggest answers the searchable list while somebody types.
func (c Client) Suggest(ctx context.Context, req Request) (Reply, error) {
	query := clean(req.Text)
	found, _ := c.Directory.Find(ctx, query, mostOptions)
	if len(found) == 0 {
		found = c.Directory.Nearest(ctx, query, mostNearest)
	}
	clients, err := c.Cards.Clients.ClientsOf(ctx, idsOf(found))
	if err != nil {
		return Reply{}, fmt.Errorf("read the clients found: %w", err)
	}
	reply := Reply{Suggest: true}
	for _, client := range clients {
		reply.Options = append(reply.Options, view.ClientOption(client))
	}
	return reply, nil
}

func (c Client) card(ctx context.Context, req Request, id analysis.ClientID) (Reply, error) {
	card, err := c.Cards.Card(ctx, id, req.today())
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewClient, subject(card.Group)) {
		return Reply{}, refuse()
	}
	err = audit(ctx, c.Store, req, storage.AuditLine{Action: "client.show", Client: id, Group: card.Group.ID})
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.ReadAnswers, subject(card.Group)) {
		card.Sharpest, card.Feedback = survey.Shortfall{}, nil
	}
	card.MayJudge = analysis.Allow(req.Actor, analysis.JudgeGroups, subject(card.Group))
	card.MayExcept = c.Cards.Week != nil && analysis.Allow(req.Actor, analysis.ExceptPlan, subject(card.Group))
	if analysis.Allow(req.Actor, analysis.LogTouches, subject(card.Group)) {
		card.Contact = touchSpot{group: card.Group.ID, client: id, source: fromCard, shareable: shareable(req.Channel)}.String()
	}
	req = req.about(card.Group)
	p := locale.New(req.Lang, req.Zone)
	if req.InModal {
		return Show(view.CardModal(p, card)), nil
	}
	return Say(view.CardMessage(p, card, shareable(req.Channel))), nil
}

// behind draws the card of a client anew that stands behind a window.
func (c Client) behind(ctx context.Context, req Request, id analysis.ClientID, shared bool) (*view.Message, error) {
	req.InModal, req.Channel = false, Channel{}
	if shared {
		req.Channel.ID = "-" // somewhere where it can be shared; the press says where
	}
	reply, err := c.card(ctx, req, id)
	return reply.Now, err
}

// candidates reads the names to show for found, in its order. A client that is
// gone meanwhile is left out.
func (c Client) candidates(ctx context.Context, query string, found []Found) ([]view.Candidate, error) {
	via := make(map[analysis.ClientID]string, len(found))
	for _, f := range found {
		via[f.Client] = f.Via
	}
	clients, err := c.Cards.Clients.ClientsOf(ctx, idsOf(found))
	if err != nil {
		return nil, fmt.Errorf("read the clients found: %w", err)
	}
	candidates := make([]view.Candidate, len(clients))
	for i, client := range clients {
		candidates[i] = view.Candidate{Client: client.ID, Name: client.Name, Number: client.Number}
		// "via P. Jansen" explains a hit only where the client's own name does not.
		if v := via[client.ID]; !strings.Contains(strings.ToLower(client.Name), strings.ToLower(query)) {
			candidates[i].Via = v
		}
		group, err := c.Cards.Clients.Group(ctx, client.Group)
		if err != nil {
			return nil, fmt.Errorf("read group %d: %w", client.Group, err)
		}
		candidates[i].Group = group.Name
		manager, err := c.Cards.person(ctx, group.Manager)
		if err != nil {
			return nil, err
		}
		candidates[i].Manager = manager.Name
	}
	return candidates, nil
}

func idsOf(found []Found) []analysis.ClientID {
	ids := make([]analysis.ClientID, len(found))
	for i, f := range found {
		ids[i] = f.Client
	}
	return ids
}

// auditSearch records that somebody saw names, without the words they typed.
func (c Client) auditSearch(ctx context.Context, req Request) error {
	return audit(ctx, c.Store, req, storage.AuditLine{Action: "client.find"})
}

// audit writes line for req; without it there is no answer.
func audit(ctx context.Context, w storage.Writer, req Request, line storage.AuditLine) error {
	line.At, line.User, line.Request = req.At, req.Actor.User, req.Key
	err := w.Write(ctx, func(tx storage.Tx) error { return tx.Audit(ctx, line) })
	if err != nil {
		return fmt.Errorf("write the audit line: %w", err)
	}
	return nil
}

func subject(g analysis.Group) analysis.Subject {
	return analysis.Subject{Group: g.ID, Manager: g.Manager, Partner: g.Partner}
}

// shareable reports whether a card asked for in ch has colleagues to share it
// with.
func shareable(ch Channel) bool { return ch.ID != "" && !ch.Direct }

// clientOf reads a client id from a screen. It is not trusted: the client is
// looked up and authorized like any other.
func clientOf(s string) (analysis.ClientID, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, analysis.Fail(analysis.NotFound, "client.gone", nil)
	}
	return analysis.ClientID(n), nil
}

// clean prepares what somebody typed for a search: one line, cut where no name
// goes on.
func clean(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, " ")), " ")
	if runes := []rune(s); len(runes) > mostQuery {
		s = string(runes[:mostQuery])
	}
	return s
}
