package workspace

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// apiError is a refusal in Slack's words.
type apiError struct {
	code  string
	extra object
}

func (e *apiError) Error() string { return e.code }

func (e *apiError) body() object {
	o := object{"ok": false, "error": e.code}
	for k, v := range e.extra {
		o[k] = v
	}
	return o
}

func refuse(code string) *apiError { return &apiError{code: code} }

func invalidBlocks(messages []string) *apiError {
	return &apiError{code: "invalid_blocks", extra: object{"errors": plainErrors(messages),
		"response_metadata": object{"messages": messages}}}
}

func invalidArguments(messages []string) *apiError {
	return &apiError{code: "invalid_arguments", extra: object{"response_metadata": object{"messages": messages}}}
}

func plainErrors(messages []string) []string {
	out := make([]string, len(messages))
	for i, m := range messages {
		out[i] = strings.TrimPrefix(m, "[ERROR] ")
	}
	return out
}

// tokenKind is the token a method takes.
type tokenKind int

const (
	noToken tokenKind = iota
	botToken
	appToken
)

// apiMethod is one Web API method. run is called with Server.mu held.
type apiMethod struct {
	token     tokenKind
	scopes    []string // any one of these
	perMinute int      // Slack's rate; 0 is unlimited
	byChannel bool     // the rate is counted for each channel
	run       func(*Server, args) (object, error)
}

// apiMethods is the whole Web API of this server.
var apiMethods map[string]apiMethod

func init() {
	read := []string{"channels:read", "groups:read", "im:read", "mpim:read"}
	history := []string{"channels:history", "groups:history", "im:history", "mpim:history"}
	open := []string{"channels:manage", "groups:write", "im:write", "mpim:write"}
	chat := []string{"chat:write"}
	apiMethods = map[string]apiMethod{
		"api.test":                              {token: noToken, run: apiTest},
		"auth.test":                             {token: botToken, run: authTest},
		"auth.revoke":                           {token: noToken, run: authRevoke},
		"oauth.v2.access":                       {token: noToken, run: oauthAccess},
		"apps.connections.open":                 {token: appToken, scopes: nil, run: appsConnectionsOpen},
		"team.info":                             {token: botToken, scopes: []string{"team:read"}, perMinute: 50, run: teamInfo},
		"bots.info":                             {token: botToken, scopes: []string{"users:read"}, perMinute: 50, run: botsInfo},
		"chat.postMessage":                      {token: botToken, scopes: chat, perMinute: 60, byChannel: true, run: chatPostMessage},
		"chat.postEphemeral":                    {token: botToken, scopes: chat, perMinute: 100, run: chatPostEphemeral},
		"chat.update":                           {token: botToken, scopes: chat, perMinute: 50, run: chatUpdate},
		"chat.delete":                           {token: botToken, scopes: chat, perMinute: 50, run: chatDelete},
		"chat.getPermalink":                     {token: botToken, run: chatGetPermalink},
		"conversations.open":                    {token: botToken, scopes: open, perMinute: 50, run: conversationsOpen},
		"conversations.info":                    {token: botToken, scopes: read, perMinute: 50, run: conversationsInfo},
		"conversations.list":                    {token: botToken, scopes: read, perMinute: 20, run: conversationsList},
		"conversations.members":                 {token: botToken, scopes: read, perMinute: 100, run: conversationsMembers},
		"conversations.join":                    {token: botToken, scopes: []string{"channels:join"}, perMinute: 50, run: conversationsJoin},
		"conversations.history":                 {token: botToken, scopes: history, perMinute: 50, run: conversationsHistory},
		"conversations.replies":                 {token: botToken, scopes: history, perMinute: 50, run: conversationsReplies},
		"users.info":                            {token: botToken, scopes: []string{"users:read"}, perMinute: 100, run: usersInfo},
		"users.list":                            {token: botToken, scopes: []string{"users:read"}, perMinute: 20, run: usersList},
		"users.lookupByEmail":                   {token: botToken, scopes: []string{"users:read.email"}, perMinute: 50, run: usersLookupByEmail},
		"users.conversations":                   {token: botToken, scopes: read, perMinute: 50, run: usersConversations},
		"views.open":                            {token: botToken, perMinute: 100, run: viewsOpen},
		"views.push":                            {token: botToken, perMinute: 100, run: viewsPush},
		"views.update":                          {token: botToken, perMinute: 100, run: viewsUpdate},
		"views.publish":                         {token: botToken, perMinute: 100, run: viewsPublish},
		"files.getUploadURLExternal":            {token: botToken, scopes: []string{"files:write"}, perMinute: 100, run: filesGetUploadURL},
		"files.completeUploadExternal":          {token: botToken, scopes: []string{"files:write"}, perMinute: 100, run: filesCompleteUpload},
		"files.info":                            {token: botToken, scopes: []string{"files:read"}, perMinute: 100, run: filesInfo},
		"files.delete":                          {token: botToken, scopes: []string{"files:write"}, perMinute: 50, run: filesDelete},
		"reactions.add":                         {token: botToken, scopes: []string{"reactions:write"}, perMinute: 50, run: reactionsAdd},
		"reactions.get":                         {token: botToken, scopes: []string{"reactions:read"}, perMinute: 50, run: reactionsGet},
		"agents.sessions.setStatus":             {token: botToken, scopes: []string{"chat:write"}, perMinute: 50, run: agentsSetStatus},
		"agents.sessions.rename":                {token: botToken, scopes: []string{"chat:write"}, perMinute: 50, run: agentsRename},
		"assistant.threads.setSuggestedPrompts": {token: botToken, scopes: []string{"assistant:write"}, perMinute: 100, run: setPrompts},
	}
}

// args are the arguments of a call. Form values arrive as JSON strings, so that
// one accessor serves both encodings.
type args map[string]json.RawMessage

// readArgs decodes a form-encoded, multipart or JSON request. The token may
// stand in the Authorization header or, in a form, among the arguments.
func readArgs(r *http.Request) (args, string, error) {
	a := args{}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if v := r.URL.Query(); len(v) > 0 {
		for k := range v {
			a[k] = encode(v.Get(k))
		}
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return nil, token, refuse("invalid_post_type")
	}
	switch kind {
	case "application/json":
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, token, refuse("request_timeout")
		}
		var m map[string]json.RawMessage
		if len(strings.TrimSpace(string(raw))) > 0 && json.Unmarshal(raw, &m) != nil {
			return nil, token, refuse("invalid_json")
		}
		for k, v := range m {
			a[k] = v
		}
		delete(a, "token") // in JSON the token counts only in the header
	case "", "application/x-www-form-urlencoded", "multipart/form-data":
		var err error
		if kind == "multipart/form-data" {
			err = r.ParseMultipartForm(1 << 20)
		} else {
			err = r.ParseForm()
		}
		if err != nil {
			return nil, token, refuse("invalid_form_data")
		}
		for k := range r.Form {
			a[k] = encode(r.Form.Get(k))
		}
	default:
		return nil, token, refuse("invalid_post_type")
	}
	if token == "" {
		token = a.text("token")
	}
	return a, token, nil
}

// text is an argument as a string; numbers and booleans as written.
func (a args) text(key string) string {
	raw := a[key]
	var t string
	if json.Unmarshal(raw, &t) == nil {
		return t
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

// json is an argument that is JSON itself: as it is, or inside a string.
func (a args) json(key string) json.RawMessage {
	raw := a[key]
	var t string
	if len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &t) == nil {
		if t == "" {
			return nil
		}
		return json.RawMessage(t)
	}
	if string(raw) == "null" {
		return nil
	}
	return raw
}

func (a args) yes(key string) bool {
	t := a.text(key)
	return t == "true" || t == "1"
}

// whole is an integer argument, or standard when absent or unreadable.
func (a args) whole(key string, standard int) int {
	n, err := strconv.Atoi(a.text(key))
	if err != nil {
		return standard
	}
	return n
}

// serveAPI is /api/<method>.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/api/")
	method, known := apiMethods[name]
	if !known {
		writeJSON(w, http.StatusOK, object{"ok": false, "error": "unknown_method", "req_method": name})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequestBytes)
	a, token, err := readArgs(r)
	s.mu.Lock()
	var reply object
	drop, status := s.roulette(name)
	if status == 0 && err == nil {
		status = s.throttle(name, method, a)
	}
	if status != 0 {
		s.mu.Unlock()
		s.answerFault(w, status)
		return
	}
	if err == nil {
		err = s.authorize(w.Header(), method, token)
	}
	if err == nil && s.base == "" && method.token != noToken {
		s.base = "http://" + r.Host // only from who knows a token
	}
	if err == nil {
		s.used.Methods[name] = true
		reply, err = method.run(s, a)
	}
	var refusal *apiError
	if errors.As(err, &refusal) {
		reply = refusal.body()
	} else {
		if reply == nil {
			reply = object{}
		}
		reply["ok"] = true
	}
	answer := encode(reply) // under the lock: it refers to the state
	s.mu.Unlock()
	if drop {
		panic(http.ErrAbortHandler) // the effect stands, the connection closes
	}
	writeJSON(w, http.StatusOK, answer)
}

// authorize checks token and scope.
func (s *Server) authorize(h http.Header, m apiMethod, token string) error {
	if m.token == noToken {
		return nil
	}
	h.Set("X-OAuth-Scopes", strings.Join(s.app.scopes(), ","))
	h.Set("X-Accepted-OAuth-Scopes", strings.Join(m.scopes, ","))
	switch {
	case token == "":
		return refuse("not_authed")
	case s.uninstalled && token == s.cfg.BotToken:
		return refuse("token_revoked")
	case token != s.cfg.BotToken && token != s.cfg.AppToken:
		return refuse("invalid_auth")
	case m.token == botToken && token != s.cfg.BotToken, m.token == appToken && token != s.cfg.AppToken:
		return refuse("not_allowed_token_type")
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, func(sc string) bool { return s.may(sc) }) {
		return s.missingScope(m.scopes...)
	}
	return nil
}

func (s *Server) missingScope(needed ...string) *apiError {
	return &apiError{code: "missing_scope", extra: object{"needed": strings.Join(needed, ","),
		"provided": strings.Join(s.app.scopes(), ",")}}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encode(v))
}
