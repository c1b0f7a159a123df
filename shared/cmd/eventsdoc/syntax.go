package main

import (
	"go/ast"
	"regexp"
)

// inboxOn returns Method of inbox.On(r, a.Method).
func inboxOn(call *ast.CallExpr) string {
	if selector(call.Fun) != "inbox.On" || len(call.Args) != 2 {
		return ""
	}
	if s, ok := call.Args[1].(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}

// subjectOf returns teamsv1.GrantChanged of teamsv1.GrantChanged{}.Subject().
func subjectOf(call *ast.CallExpr) string {
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != "Subject" {
		return ""
	}
	if zero, ok := s.X.(*ast.CompositeLit); ok {
		return eventName(zero.Type)
	}
	return ""
}

var contractName = regexp.MustCompile(`^[a-z]+v[0-9]+\.[A-Z]`)

// eventName returns teamsv1.TeamChanged if the type is of a contract, else "".
func eventName(e ast.Expr) string {
	if name := selector(e); contractName.MatchString(name) {
		return name
	}
	return ""
}

// selector returns "a.B" for the expression a.B, else "".
func selector(e ast.Expr) string {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	x, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return x.Name + "." + s.Sel.Name
}
