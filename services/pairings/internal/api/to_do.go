package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
)

// ListToDos is GET /to-dos.
func (h handlers) ListToDos(ctx context.Context, _ gen.ListToDosRequestObject) (gen.ListToDosResponseObject, error) {
	all, err := h.app.ListToDos(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ToDoList{Items: make([]gen.ToDo, len(all))}
	for i, one := range all {
		list.Items[i] = gen.ToDo{Kind: gen.ToDoKind(one.Kind), Count: one.Count, Due: one.Due, Late: one.Late}
	}
	return gen.ListToDos200JSONResponse(list), nil
}
