package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Cards reads what stands on a card. It authorizes nothing; its callers do.
type Cards struct {
	Clients  storage.Clients
	Revenue  storage.Revenue
	Managers storage.Managers
	Segments storage.Segments
	Market   *Market // nil: no card says what to do
	Touches  storage.Touches
	// Judgements has what people noted; nil: nothing is said of it.
	Judgements storage.Judgements
	Week       *Attention        // says what is asked next; nil: nothing is said of it
	Ratings    Ratings           // nil: nobody was asked yet
	Feedback   storage.Feedbacks // nil: none is kept
	// Actions says what sessions agreed on; nil: nothing is said of it.
	Actions func(ctx context.Context, group analysis.GroupID) (*view.CardActions, error)
	// Objections says who objects to profiling; nil: nobody can.
	Objections storage.Objections
	// Lifetimes are the fits of the office; nil: nothing is said of what is to come.
	Lifetimes storage.Lifetimes
}

// Card returns the card of client id as of asOf, or an analysis.NotFound error.
func (c Cards) Card(ctx context.Context, id analysis.ClientID, asOf analysis.Day) (view.Card, error) {
	client, err := c.Clients.Client(ctx, id)
	if err != nil {
		return view.Card{}, err
	}
	card := view.Card{AsOf: asOf, Client: client}
	if err := c.addWho(ctx, &card); err != nil {
		return view.Card{}, err
	}
	if card.Segment, err = c.segment(ctx, card.Group.ID); err != nil {
		return view.Card{}, err
	}
	if c.Ratings != nil {
		rating, ok, err := c.Ratings.Rating(ctx, card.Group.ID, asOf)
		if err != nil {
			return view.Card{}, fmt.Errorf("read the rating of group %d: %w", card.Group.ID, err)
		}
		if ok {
			card.Rating, card.Sharpest = &rating, rating.Sharpest
		}
	}
	if card.Feedback, err = feedbackOf(ctx, c.Feedback, card.Group.ID); err != nil {
		return view.Card{}, err
	}
	if card.Last, err = lastTouch(ctx, c.Touches, c.Managers, card.Group.ID); err != nil {
		return view.Card{}, err
	}
	if card.Next, err = c.Week.next(ctx, card.Group.ID, asOf); err != nil {
		return view.Card{}, err
	}
	if card.Exception, err = c.Week.exception(ctx, card.Group.ID, asOf); err != nil {
		return view.Card{}, err
	}
	if c.Actions != nil {
		if card.Actions, err = c.Actions(ctx, card.Group.ID); err != nil {
			return view.Card{}, fmt.Errorf("read the actions for group %d: %w", card.Group.ID, err)
		}
	}
	history, err := c.Revenue.MonthRevenue(ctx, card.Group.ID)
	if err != nil {
		return view.Card{}, fmt.Errorf("read the revenue of group %d: %w", card.Group.ID, err)
	}
	addRevenue(&card, history)
	office, err := c.Market.now(ctx, asOf)
	if err != nil {
		return view.Card{}, err
	}
	contacts, recorded, err := c.contactDays(ctx, card.Group.ID)
	if err != nil {
		return view.Card{}, err
	}
	if !card.Spared {
		office.approach(&card, history, contacts, recorded)
	}
	return card, c.nameServices(ctx, &card, history)
}

// addWho adds who the client of card is: its group, the clients and people in it,
// and who of the office answers for it.
func (c Cards) addWho(ctx context.Context, card *view.Card) error {
	client, err := card.Client, error(nil)
	if card.Group, err = c.Clients.Group(ctx, client.Group); err != nil {
		return fmt.Errorf("read the group of client %d: %w", client.ID, err)
	}
	if card.Members, err = c.Clients.Members(ctx, client.Group); err != nil {
		return fmt.Errorf("read the members of group %d: %w", client.Group, err)
	}
	if card.Contacts, err = c.Clients.Contacts(ctx, client.Group); err != nil {
		return fmt.Errorf("read the contacts of group %d: %w", client.Group, err)
	}
	if card.Objecting, card.Spared, err = objectionsOf(ctx, c.Objections, card.Group.ID, card.Contacts); err != nil {
		return err
	}
	card.Contacts = ownFirst(card.Contacts, client.ID)
	if card.Manager, err = c.person(ctx, card.Group.Manager); err != nil {
		return err
	}
	if card.Partner, err = c.person(ctx, card.Group.Partner); err != nil {
		return err
	}
	card.Since = since(card.Members)
	return nil
}

// segment returns where the newest final segmentation put a group, nil where
// there is none or the group came after it.
func (c Cards) segment(ctx context.Context, id analysis.GroupID) (*view.CardSegment, error) {
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the segmentations: %w", err)
	}
	final := slices.IndexFunc(versions, func(v analysis.SegmentVersion) bool { return v.State == analysis.Final })
	if final < 0 {
		return nil, nil
	}
	s := &view.CardSegment{Version: versions[final]}
	s.Item, err = c.Segments.Item(ctx, s.Version.ID, id)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the segment of group %d: %w", id, err)
	}
	overrides, err := c.Segments.Overrides(ctx, s.Version.ID)
	if err != nil {
		return nil, fmt.Errorf("read the overrides: %w", err)
	}
	s.Segment = s.Item.Segment
	for _, o := range overrides {
		if o.Group == id && !o.Proposed && o.Segment != "" {
			s.Segment, s.Override = o.Segment, &o
		}
	}
	if s.Segment == "" {
		return nil, nil
	}
	return s, nil
}

func addRevenue(card *view.Card, history []analysis.MonthRevenue) {
	card.Yearly = value.YearlyRevenue(history, card.AsOf)
	card.TTM, card.Previous = value.Trailing(history, card.AsOf)
	card.Growth, card.Grew = value.Growth(history, card.AsOf)
	card.Years = value.ByYear(history, card.AsOf)
	if !card.Since.Known() && len(history) > 0 {
		card.Since = history[0].Month
	}
}

// nameServices adds the services that the group buys, and the names of those it
// could buy or stopped buying.
func (c Cards) nameServices(ctx context.Context, card *view.Card, history []analysis.MonthRevenue) error {
	bought := value.Bought(history, card.AsOf)
	if len(bought) == 0 && card.Approach == nil {
		return nil
	}
	services, err := c.Revenue.Services(ctx)
	if err != nil {
		return fmt.Errorf("read the services: %w", err)
	}
	names := make(map[analysis.ServiceID]analysis.Service, len(services))
	for _, s := range services {
		names[s.ID] = s
	}
	for _, id := range bought {
		card.Services = append(card.Services, names[id])
	}
	if card.Approach != nil {
		card.Approach.Names = names
	}
	return nil
}

// person returns the manager, or nobody for 0.
func (c Cards) person(ctx context.Context, id analysis.ManagerID) (analysis.Manager, error) {
	if id == 0 {
		return analysis.Manager{}, nil
	}
	m, err := c.Managers.Manager(ctx, id)
	if err != nil {
		return analysis.Manager{}, fmt.Errorf("read manager %d: %w", id, err)
	}
	return m, nil
}

// ownFirst puts the contact persons of the client itself before those of the
// rest of its group, and names somebody who is contact of several members once.
func ownFirst(all []analysis.Contact, id analysis.ClientID) []analysis.Contact {
	var people []analysis.Contact
	seen := map[string]bool{}
	for _, own := range []bool{true, false} {
		for _, c := range all {
			if (c.Client == id) == own && !seen[c.Name] {
				seen[c.Name] = true
				people = append(people, c)
			}
		}
	}
	return people
}

// since is the earliest day any member became a client.
func since(members []analysis.Client) analysis.Day {
	first := analysis.NoDay
	for _, m := range members {
		if m.Since.Known() && (!first.Known() || m.Since < first) {
			first = m.Since
		}
	}
	return first
}
