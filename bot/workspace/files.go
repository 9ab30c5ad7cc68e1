package workspace

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
)

// file is an uploaded or promised file. Complete is set when the upload was
// finished; a mimetype shows only after Config.FileProcessing.
type file struct {
	ID       string              `json:"id"`
	Name     string              `json:"name"`
	Title    string              `json:"title"`
	Alt      string              `json:"alt,omitempty"`
	User     string              `json:"user"`
	Mimetype string              `json:"mimetype"`
	Size     int64               `json:"size"`
	Created  int64               `json:"created"`
	Complete bool                `json:"complete"`
	Shares   map[string][]string `json:"shares"` // channel -> ts of the messages that show it
	Key      string              `json:"key"`    // lets pages of this server load it
	upload   string              // secret of the upload URL until used
	expected int64
	bytes    []byte
	ready    time.Time // by the real clock: processing takes its time whatever the office's clock says
}

func (s *Server) processed(f *file) bool {
	return f.Complete && !time.Now().Before(f.ready)
}

func filetype(name string) string {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if ext == "" || len(ext) > 10 {
		return "text"
	}
	return ext
}

// fileObject is Slack's file object.
func (s *Server) fileObject(f *file) object {
	url := s.base + "/files-pri/" + s.cfg.Team.ID + "-" + f.ID + "/" + safeName(f.Name)
	channels, ims, groups := []string{}, []string{}, []string{}
	for id := range f.Shares {
		c := s.st.channels[id]
		switch {
		case c == nil:
		case c.Kind == KindChannel:
			channels = append(channels, id)
		case c.Kind == KindIM:
			ims = append(ims, id)
		default:
			groups = append(groups, id)
		}
	}
	o := object{"id": f.ID, "created": f.Created, "timestamp": f.Created, "name": f.Name, "title": f.Title,
		"user": f.User, "mode": "hosted", "is_external": false, "external_type": "", "size": f.Size,
		"is_public": len(channels) > 0, "public_url_shared": false, "editable": false, "url_private": url,
		"url_private_download": url + "?download=1", "permalink": url, "channels": channels, "ims": ims, "groups": groups,
		"comments_count": 0, "has_rich_preview": false, "file_access": "visible", "alt_txt": f.Alt,
		"mimetype": "", "filetype": "", "pretty_type": ""}
	if s.processed(f) {
		o["mimetype"], o["filetype"] = f.Mimetype, filetype(f.Name)
		o["pretty_type"] = strings.ToUpper(filetype(f.Name))
	}
	return o
}

func (s *Server) pageFile(f *file) File {
	o := File{ID: f.ID, Name: f.Name, Title: f.Title, Size: f.Size, User: f.User, Created: f.Created, AltTxt: f.Alt,
		URLPrivate: s.base + "/files-pri/" + s.cfg.Team.ID + "-" + f.ID + "/" + safeName(f.Name), Page: pagePath(f)}
	o.Permalink = o.URLPrivate
	o.Mimetype, o.Filetype = f.Mimetype, filetype(f.Name)
	return o
}

// pagePath is where a page of this server loads the file without a token.
func pagePath(f *file) string { return "/files/" + f.ID + "/" + f.Key + "/" + safeName(f.Name) }

// safeName keeps a file name usable as a path segment.
func safeName(name string) string {
	out := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, path.Base(name))
	setText(&out, "file")
	return strings.ToLower(out)
}

// newFile stores a finished file.
func (s *Server) newFile(user, name string, content []byte) *file {
	f := &file{ID: newID("F"), Name: name, Title: name, User: user, Created: s.now().Unix(), Key: randomHex(8)}
	s.st.files[f.ID] = f
	f.fill(content)
	s.finishFile(f)
	return f
}

// fill takes the uploaded bytes; the type is what they look like, or what the name says.
func (f *file) fill(content []byte) {
	f.bytes, f.Size = content, int64(len(content))
	f.Mimetype = http.DetectContentType(content)
	if kind := typeByName[filetype(f.Name)]; kind != "" && !strings.HasPrefix(f.Mimetype, "image/") {
		f.Mimetype = kind
	}
	f.Mimetype, _, _ = strings.Cut(f.Mimetype, ";")
}

var typeByName = map[string]string{
	"csv": "text/csv", "txt": "text/plain", "json": "application/json", "xml": "text/xml", "xaf": "text/xml", "svg": "image/svg+xml",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "gz": "application/gzip", "pdf": "application/pdf",
}

func (s *Server) finishFile(f *file) {
	f.Complete, f.upload = true, ""
	f.ready = time.Now().Add(s.cfg.FileProcessing)
	if f.Shares == nil {
		f.Shares = map[string][]string{}
	}
	s.keepFile(f)
}

// checkImageFile says what is wrong with a slack_file reference, or "".
func (s *Server) checkImageFile(at surface, ref object) string {
	f := s.fileOf(ref)
	switch {
	case at == surfaceEphemeral:
		return "slack_file is not allowed in ephemeral messages"
	case f == nil:
		return "invalid slack file"
	case !s.processed(f):
		return "slack file is not ready yet"
	case !slices.Contains([]string{"image/png", "image/jpeg", "image/gif"}, f.Mimetype):
		return "slack file is not an image"
	}
	return ""
}

func (s *Server) fileOf(ref object) *file {
	if id, _ := ref["id"].(string); id != "" {
		return s.st.files[id]
	}
	url, _ := ref["url"].(string)
	for _, f := range s.st.files {
		if url != "" && strings.Contains(url, s.cfg.Team.ID+"-"+f.ID+"/") {
			return f
		}
	}
	return nil
}

// filesIn are the ids of slack_file images in blocks.
func (s *Server) filesIn(blocks json.RawMessage) []string {
	var ids []string
	if !strings.Contains(string(blocks), `"slack_file"`) {
		return nil
	}
	v, err := decodeJSON(blocks)
	if err != nil {
		return nil
	}
	walk(v, func(o object) {
		if ref, ok := o["slack_file"].(object); ok {
			if f := s.fileOf(ref); f != nil {
				ids = append(ids, f.ID)
			}
		}
	})
	return ids
}

// withFileURLs adds image_url, with an address only pages may load, beside every slack_file.
func (s *Server) withFileURLs(blocks json.RawMessage) json.RawMessage {
	if !strings.Contains(string(blocks), `"slack_file"`) {
		return blocks
	}
	v, err := decodeJSON(blocks)
	if err != nil {
		return blocks
	}
	walk(v, func(o object) {
		if ref, ok := o["slack_file"].(object); ok {
			if f := s.fileOf(ref); f != nil {
				o["image_url"] = pagePath(f)
			}
		}
	})
	return encode(v)
}

func walk(v any, visit func(object)) {
	switch t := v.(type) {
	case object:
		visit(t)
		for _, x := range t {
			walk(x, visit)
		}
	case []any:
		for _, x := range t {
			walk(x, visit)
		}
	}
}

// shareFiles notes in which channel a message shows which files.
func (s *Server) shareFiles(c *conversation, m *message) {
	for _, id := range append(s.filesIn(m.Blocks), m.Files...) {
		if f := s.st.files[id]; f != nil && !slices.Contains(f.Shares[c.ID], m.TS) {
			if f.Shares == nil {
				f.Shares = map[string][]string{}
			}
			f.Shares[c.ID] = append(f.Shares[c.ID], m.TS)
		}
	}
}

// sharedWith says whether a user could have seen the file in some conversation.
func (s *Server) sharedWith(f *file, user string) bool {
	if f.User == user {
		return true
	}
	for id := range f.Shares {
		if c := s.st.channels[id]; c != nil && s.st.maySee(user, c) {
			return true
		}
	}
	return false
}
