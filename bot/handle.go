package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// Handle takes an envelope in and returns the payload of its acknowledgement;
// nil is the empty one. What must be answered is in the inbox when it returns.
// An error means that it is not stored and must not be acknowledged: Slack then
// delivers again, or tells the person that it failed. It takes at most 3 s.
func (d *Dispatcher) Handle(ctx context.Context, e Incoming) (ack []byte, err error) {
	defer d.taking()()
	in, err := decode(e.Kind, e.Payload)
	if err != nil {
		d.counts.malformed.Add(1)
		d.cfg.Log.Warn("an envelope could not be read", "kind", e.Kind, "bytes", len(e.Payload))
		return nil, nil // it would be the same the next time
	}
	switch in.source {
	case fromEvent:
		d.note(in)
		return nil, nil
	case fromClosing:
		return nil, nil
	case fromSuggestion:
		return d.suggest(ctx, in), nil
	case fromSubmission:
		return d.submit(ctx, in, e)
	}
	return nil, d.accept(ctx, in, e)
}

// accept stores an envelope under our lease and queues it. Without a free
// place it is stored for whoever has one first.
func (d *Dispatcher) accept(ctx context.Context, in interaction, e Incoming) error {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	now := d.cfg.Wall()
	until, placed := now.Add(d.cfg.Lease), d.places.TryAcquire(1)
	if !placed {
		until = now
	}
	j := d.newJob(in, now)
	added, err := d.cfg.Inbox.Accept(ctx,
		storage.Envelope{Key: in.key, Kind: e.Kind, Payload: e.Payload, Received: now}, d.owner, until)
	switch {
	case err != nil:
		d.counts.notStored.Add(1)
		d.cfg.Log.Error("inbox can not be written; not acknowledged", "key", in.key, "error", err)
		err = fmt.Errorf("store envelope: %w", err)
	case !added:
		d.counts.duplicates.Add(1)
	case placed:
		d.counts.accepted.Add(1)
		j.stored = d.cfg.Wall()
		d.hold(j)
		d.begin(j)
		return nil
	default:
		d.counts.accepted.Add(1)
		d.counts.overflow.Add(1)
	}
	j.lost(nil)
	if placed {
		d.places.Release(1)
	}
	return err
}

// note hears events that change what is cached. Others are not registered.
func (d *Dispatcher) note(in interaction) {
	d.counts.events.Add(1)
	switch in.name {
	case "user_change":
		var p struct {
			User identified `json:"user"`
		}
		if json.Unmarshal(in.event, &p) == nil {
			d.cfg.People.ForgetPerson(analysis.UserID(p.User.ID))
		}
	case "channel_shared", "channel_unshared", "channel_archive", "channel_unarchive":
		var p struct {
			Channel analysis.ChannelID `json:"channel"`
		}
		if json.Unmarshal(in.event, &p) == nil {
			d.cfg.Channels.ForgetChannel(p.Channel)
		}
	}
}

// decision is what is found within the time that an acknowledgement may take.
type decision struct {
	reply commands.Reply
	err   error
}

// decide runs fn for at most Config.Decide and reports whether it was in time. fn is
// told to stop and is not waited for any longer; how many run is bounded.
func (d *Dispatcher) decide(ctx context.Context, key string, fn func(context.Context) (commands.Reply, error)) (decision, bool) {
	ctx, cancel := context.WithTimeout(ctx, d.cfg.Decide)
	defer cancel()
	if d.suggesting.Acquire(ctx, 1) != nil {
		d.counts.late.Add(1)
		return decision{}, false
	}
	decided := make(chan decision, 1)
	go func() {
		defer d.suggesting.Release(1)
		var c decision
		defer func() { decided <- c }()
		defer d.recovered(key, &c.err)
		c.reply, c.err = fn(ctx)
	}()
	select {
	case c := <-decided:
		if errors.Is(c.err, context.DeadlineExceeded) {
			break
		}
		return c, true
	case <-ctx.Done():
	}
	d.counts.late.Add(1)
	return decision{}, false
}

// noOptions is said literally: Slack takes an absent list for an error.
var noOptions = []byte(`{"options":[]}`)

const (
	mostOptions  = 40
	mostAckBytes = 19 * 1024 // Slack drops acknowledgements of 20 KB in silence
)

// suggest answers the query of a select within 250 ms, or with no options.
func (d *Dispatcher) suggest(ctx context.Context, in interaction) []byte {
	c, ok := d.decide(ctx, "suggestion", func(ctx context.Context) (commands.Reply, error) {
		entry, req, err := d.admit(ctx, in, d.cfg.Now())
		if err != nil {
			return commands.Reply{}, err
		}
		return entry.Run(ctx, req)
	})
	if !ok || c.err != nil {
		return noOptions
	}
	return encodeOptions(c.reply)
}

func encodeOptions(reply commands.Reply) []byte {
	type text struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	type option struct {
		Text  text   `json:"text"`
		Value string `json:"value"`
		Note  *text  `json:"description,omitempty"`
	}
	options := []option{}
	size := len(noOptions)
	for _, o := range reply.Options[:min(len(reply.Options), mostOptions)] {
		out := option{Text: text{"plain_text", cut(o.Label, 75)}, Value: o.Value}
		if o.Note != "" {
			out.Note = &text{"plain_text", cut(o.Note, 75)}
		}
		raw, err := json.Marshal(out)
		if size += len(raw) + 1; err != nil || size > mostAckBytes {
			break
		}
		options = append(options, out)
	}
	raw, err := json.Marshal(map[string]any{"options": options})
	if err != nil {
		return noOptions
	}
	return raw
}

// cut shortens s to at most n characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// submit checks a sent modal within 250 ms. Errors keep it open and are the
// whole answer; otherwise it is stored, and the modal shows that it is worked
// on, or closes.
func (d *Dispatcher) submit(ctx context.Context, in interaction, e Incoming) ([]byte, error) {
	var entry commands.Entry
	var req commands.Request
	c, inTime := d.decide(ctx, in.key, func(ctx context.Context) (reply commands.Reply, err error) {
		if entry, req, err = d.admit(ctx, in, d.cfg.Now()); err != nil || entry.Validate == nil {
			return reply, err
		}
		reply.Errors, err = entry.Validate(ctx, req)
		return reply, err
	})
	if inTime && c.err == nil && len(c.reply.Errors) > 0 {
		wrong := make(map[string]string, len(c.reply.Errors))
		for field, sentence := range c.reply.Errors {
			wrong[cmp.Or(in.blocks[field], field)] = sentence
		}
		return json.Marshal(map[string]any{"response_action": "errors", "errors": wrong})
	}
	if err := d.accept(ctx, in, e); err != nil {
		return nil, err
	}
	stays := entry.Loading || entry.Stays != nil && entry.Stays(req)
	if inTime && c.err == nil && !stays {
		return []byte(`{"response_action":"clear"}`), nil
	}
	// Whoever is refused, or must wait, reads it in the modal.
	lang := locale.Dutch
	if inTime && c.err == nil {
		lang = req.Lang
	}
	shown, err := d.cfg.Views.EncodeModal(loading(lang))
	if err != nil {
		return nil, nil
	}
	return json.Marshal(map[string]any{"response_action": "update", "view": shown})
}

// age is how long ago j was received.
func (d *Dispatcher) age(j *job) time.Duration { return d.cfg.Wall().Sub(j.received) }
