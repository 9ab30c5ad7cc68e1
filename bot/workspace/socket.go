package workspace

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// socketHub is the Socket Mode transport. Its fields are guarded by Server.mu.
type socketHub struct {
	s       *Server
	conns   []*socketConn
	tickets map[string]time.Time // single use, with their expiry (base clock)
	turn    int
}

// socketConn is one Socket Mode connection with a bounded queue and one writer.
type socketConn struct {
	ws     *websocket.Conn
	queue  chan outgoing
	cancel context.CancelFunc
}

// outgoing is a frame; envelope is set when it carries one, to be measured.
type outgoing struct {
	envelope *envelope
	data     []byte
}

func newSocketHub(s *Server) *socketHub {
	return &socketHub{s: s, tickets: map[string]time.Time{}}
}

func (h *socketHub) ready() bool { return len(h.conns) > 0 }

// issue makes the ticket of a wss URL.
func (h *socketHub) issue(now time.Time) string {
	for t, expiry := range h.tickets {
		if now.After(expiry) {
			delete(h.tickets, t)
		}
	}
	t := newUUID()
	h.tickets[t] = now.Add(ticketLife)
	return t
}

func (h *socketHub) redeem(ticket string, now time.Time) bool {
	expiry, ok := h.tickets[ticket]
	delete(h.tickets, ticket)
	return ok && !now.After(expiry)
}

// send gives the envelope to one connection in turn that has room.
func (h *socketHub) send(e *envelope) bool {
	frame := object{"envelope_id": e.id, "type": e.kind, "payload": e.payload, "accepts_response_payload": e.accepts}
	if e.isEvent() {
		frame["retry_attempt"], frame["retry_reason"] = e.retry, e.reason
	}
	data := encode(frame)
	for range h.conns {
		h.turn++
		c := h.conns[h.turn%len(h.conns)]
		if !c.offer(outgoing{envelope: e, data: data}) {
			continue
		}
		e.conn = c
		if h.s.roll(h.s.faults.Duplicate) {
			c.offer(outgoing{envelope: e, data: data})
		}
		return true
	}
	return false
}

func (c *socketConn) offer(o outgoing) bool {
	select {
	case c.queue <- o:
		return true
	default:
		return false
	}
}

func (h *socketHub) closeAll() {
	for _, c := range h.conns {
		c.cancel()
	}
}

// serve is the /socket endpoint. It checks the ticket, not the Origin: clients
// dial with Slack's.
func (h *socketHub) serve(w http.ResponseWriter, r *http.Request) {
	s := h.s
	s.mu.Lock()
	allowed := h.redeem(r.URL.Query().Get("ticket"), s.cfg.Now()) && !s.closed
	full := len(h.conns) >= maxConnections
	if allowed && !full {
		s.running.Add(1) // under the lock, so that Close waits for it
	}
	s.mu.Unlock()
	switch {
	case !allowed:
		http.Error(w, "unknown or used ticket", http.StatusUnauthorized)
		return
	case full:
		http.Error(w, "too many connections", http.StatusTooManyRequests)
		return
	}
	defer s.running.Done()
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return
	}
	ws.SetReadLimit(1 << 20)
	h.run(ws, r.URL.Query().Get("debug_reconnects") == "true")
}

// run is the life of one connection.
func (h *socketHub) run(ws *websocket.Conn, short bool) {
	s := h.s
	ctx, cancel := context.WithCancel(s.stop)
	defer cancel()
	c := &socketConn{ws: ws, queue: make(chan outgoing, socketQueue), cancel: cancel}
	life := s.cfg.ConnectionTime
	if short {
		life = min(life, 6*time.Minute)
	}
	s.mu.Lock()
	h.conns = append(h.conns, c)
	hello := object{"type": "hello", "num_connections": len(h.conns),
		"connection_info": object{"app_id": s.cfg.AppID},
		"debug_info": object{"host": "workspace", "started": s.now().Format(time.DateTime),
			"build_number": 1, "approximate_connection_time": int(life.Seconds())}}
	c.offer(outgoing{data: encode(hello)})
	s.touch()
	s.mu.Unlock()
	s.wakeRetries()

	var helpers sync.WaitGroup
	helpers.Go(func() { defer cancel(); h.write(ctx, c, life) })
	helpers.Go(func() { defer cancel(); h.ping(ctx, c) })
	h.read(ctx, c)
	cancel()
	helpers.Wait()
	_ = ws.CloseNow()

	s.mu.Lock()
	defer s.mu.Unlock()
	for i, o := range h.conns {
		if o == c {
			h.conns = append(h.conns[:i:i], h.conns[i+1:]...)
			break
		}
	}
	s.lost(c)
	s.touch()
}

// read takes acknowledgements until the connection ends. Frames of 20 KB or
// more are dropped in silence, as Slack does.
func (h *socketHub) read(ctx context.Context, c *socketConn) {
	for {
		_, data, err := c.ws.Read(ctx)
		if err != nil {
			return
		}
		at := time.Now()
		if len(data) >= maxAckFrame {
			h.s.note(errAckTooLarge.Error())
			continue
		}
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if json.Unmarshal(data, &ack) == nil && ack.EnvelopeID != "" {
			h.s.acknowledge(ack.EnvelopeID, ack.Payload, at)
		}
	}
}

// ping keeps asking for a pong, apart from the writer so that nothing waits for
// it; a client that gives none for pongTimeout is dropped.
func (h *socketHub) ping(ctx context.Context, c *socketConn) {
	every := time.NewTicker(h.s.cfg.PingInterval)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		wait, cancel := context.WithTimeout(ctx, max(pongTimeout, 3*h.s.cfg.PingInterval))
		err := c.ws.Ping(wait)
		cancel()
		if err != nil {
			return
		}
	}
}

// write sends frames, the warning and the refresh.
func (h *socketHub) write(ctx context.Context, c *socketConn, life time.Duration) {
	warn := time.NewTimer(max(life-h.s.cfg.WarningTime, 0))
	defer warn.Stop()
	end := time.NewTimer(life)
	defer end.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case o := <-c.queue:
			if o.envelope != nil {
				o.envelope.left()
			}
			if c.ws.Write(ctx, websocket.MessageText, o.data) != nil {
				return
			}
		case <-warn.C:
			c.offer(outgoing{data: disconnectFrame("warning")})
		case <-end.C:
			_ = c.ws.Write(ctx, websocket.MessageText, disconnectFrame("refresh_requested"))
			_ = c.ws.Close(websocket.StatusNormalClosure, "refresh")
			return
		}
	}
}

func disconnectFrame(reason string) []byte {
	return encode(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "workspace"}})
}

// Connections is the number of open Socket Mode connections.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.hub.conns)
}

// Disconnect asks every connection to refresh ("refresh_requested") and closes
// it, or with abrupt drops the connections without a word.
func (s *Server) Disconnect(abrupt bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disconnect("refresh_requested", abrupt)
}

// DisableLink switches Socket Mode off, as an administrator does in the app's
// settings: "link_disabled" on every connection and no new ones until on.
func (s *Server) DisableLink(off bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.linkDisabled = off
	if off {
		s.disconnect("link_disabled", false)
	}
}

func (s *Server) disconnect(reason string, abrupt bool) {
	for _, c := range s.hub.conns {
		if abrupt {
			c.cancel()
			continue
		}
		c.offer(outgoing{data: disconnectFrame(reason)})
		cancel := c.cancel
		time.AfterFunc(100*time.Millisecond, cancel) // the frame leaves first
	}
}

// socketURL is the address a client dials with a fresh ticket.
func (s *Server) socketURL() string {
	base := strings.Replace(strings.Replace(s.base, "https://", "wss://", 1), "http://", "ws://", 1)
	return base + "/socket?ticket=" + s.hub.issue(s.cfg.Now()) + "&app_id=" + s.cfg.AppID
}
