package workspace

import "maps"

// Use is what an app made use of: Web API methods, scopes of its manifest and
// events it was sent. What the manifest asks and is not here was not needed.
type Use struct{ Methods, Scopes, Events map[string]bool }

func newUse() Use {
	return Use{Methods: map[string]bool{}, Scopes: map[string]bool{}, Events: map[string]bool{}}
}

// Used is what the app made use of so far.
func (s *Server) Used() Use {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Use{Methods: maps.Clone(s.used.Methods), Scopes: maps.Clone(s.used.Scopes), Events: maps.Clone(s.used.Events)}
}

// may says whether the manifest gives the app a scope, at a moment when it needs
// it.
func (s *Server) may(scope string) bool {
	if !s.botScope[scope] {
		return false
	}
	s.used.Scopes[scope] = true
	return true
}
