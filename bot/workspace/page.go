package workspace

import (
	"context"
	"embed"
	"encoding/json"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/coder/websocket"
)

//go:embed page
var pageFiles embed.FS

// contentSecurity lets the page load its own files and images from anywhere
// (Block Kit images), and nothing else.
const contentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; " +
	"connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// routes is the one listener's table.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveAPI)
	mux.HandleFunc("GET /socket", s.hub.serve)
	mux.HandleFunc("GET /oauth/v2/authorize", s.serveAuthorize)
	mux.HandleFunc("POST /response/", s.serveResponse)
	mux.HandleFunc("/upload/v1/", s.serveUpload)
	mux.HandleFunc("GET /files-pri/", s.servePrivateFile)
	mux.Handle("/files/", s.local(http.HandlerFunc(s.servePageFile)))
	mux.Handle("/page/socket", s.local(http.HandlerFunc(s.servePageSocket)))
	mux.Handle("POST /page/upload", s.local(http.HandlerFunc(s.servePageUpload)))
	mux.Handle("/", s.local(http.HandlerFunc(s.serveStatic)))
	return mux
}

// local admits only requests to this machine's own names, against DNS
// rebinding, and from this page, against other sites in the same browser.
func (s *Server) local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.ownHost(r.Host) {
			http.Error(w, "this workspace answers only at its own address", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			u, err := url.Parse(origin)
			if err != nil || u.Host != r.Host {
				http.Error(w, "another origin", http.StatusForbidden)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) ownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if name == "localhost" || name == "127.0.0.1" || name == "[::1]" || name == "::1" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := url.Parse(s.address)
	return err == nil && u.Host != "" && u.Host == host
}

// serveStatic gives the embedded page. Nothing is cached: a new build is seen at once.
func (s *Server) serveStatic(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	setText(&name, "index.html")
	content, err := fs.ReadFile(pageFiles, "page/"+name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	kind := map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2"}[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	setText(&kind, "application/octet-stream")
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", contentSecurity)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write(content)
}

// pageConn is one browser window of one user, with a bounded queue: a window
// that does not keep up is dropped and comes back with a fresh state.
type pageConn struct {
	user   string
	at     string // the conversation it shows
	home   bool   // of the app's, the Home tab
	beside string // the channel it showed last
	ws     *websocket.Conn
	queue  chan any
	cancel context.CancelFunc
}

func (p *pageConn) offer(frame any) {
	select {
	case p.queue <- frame:
	default:
		p.drop()
	}
}

func (p *pageConn) drop() { p.cancel() }

func (s *Server) servePageSocket(w http.ResponseWriter, r *http.Request) {
	user := r.URL.Query().Get("user")
	s.mu.Lock()
	if user == "" {
		user = s.firstPerson()
	}
	u := s.st.users[user]
	ok := u != nil && !u.IsBot && !s.closed && len(s.pages) < maxPages
	if ok {
		s.running.Add(1)
	}
	if s.base == "" {
		s.base = "http://" + r.Host
	}
	s.mu.Unlock()
	if !ok {
		http.Error(w, "unknown user", http.StatusForbidden)
		return
	}
	defer s.running.Done()
	ws, err := websocket.Accept(w, r, nil) // refuses other origins once more
	if err != nil {
		return
	}
	ws.SetReadLimit(1 << 20)
	ctx, cancel := context.WithCancel(s.stop)
	p := &pageConn{user: user, ws: ws, queue: make(chan any, pageQueue), cancel: cancel}
	s.mu.Lock()
	s.pages[p] = true
	p.offer(s.hello(user))
	p.offer(PageModals{Type: "modals", Stack: s.pageStack(user)})
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { defer close(done); defer cancel(); p.write(ctx) }()
	for ctx.Err() == nil {
		_, raw, err := ws.Read(ctx)
		if err != nil {
			break
		}
		var req PageRequest
		if json.Unmarshal(raw, &req) == nil {
			s.fromPage(p, req)
		}
	}
	s.mu.Lock()
	delete(s.pages, p)
	s.mu.Unlock()
	cancel()
	<-done
	_ = ws.CloseNow()
}

// write frames the queue; encoding happens here, outside the lock, because
// frames are values that nobody changes after they were offered.
func (p *pageConn) write(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case frame := <-p.queue:
			wctx, cancel := context.WithTimeout(ctx, 5*time.Second)
			err := p.ws.Write(wctx, websocket.MessageText, encode(frame))
			cancel()
			if err != nil {
				return
			}
		}
	}
}

func (s *Server) servePageUpload(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxFileSize)
	part, header, err := r.FormFile("file")
	if err != nil {
		http.Error(w, "no file", http.StatusBadRequest)
		return
	}
	defer part.Close()
	content := make([]byte, header.Size)
	if _, err := io.ReadFull(part, content); err != nil {
		http.Error(w, "can not read the file", http.StatusBadRequest)
		return
	}
	q := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.upload(q.Get("user"), q.Get("channel"), q.Get("thread_ts"), header.Filename, content)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, object{"ok": false, "error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, object{"ok": true, "file": s.pageFile(f)})
}
