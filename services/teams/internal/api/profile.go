package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// GetMyProfile is GET /me/profile.
func (h *api) GetMyProfile(ctx context.Context, _ gen.GetMyProfileRequestObject) (gen.GetMyProfileResponseObject, error) {
	record, err := h.app.MyProfile(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetMyProfile200JSONResponse(encodeRecord(record)), nil
}

// PatchMyProfile is PATCH /me/profile.
func (h *api) PatchMyProfile(ctx context.Context, r gen.PatchMyProfileRequestObject) (gen.PatchMyProfileResponseObject, error) {
	record, err := h.app.CorrectMyProfile(ctx, domain.Correction{
		Name: r.Body.Name, RegionCode: r.Body.RegionCode, Sex: string(r.Body.Sex), IDKind: domain.IDKind(r.Body.IDKind), IDNumber: r.Body.IDNumber,
	})
	if err != nil {
		return nil, err
	}
	return gen.PatchMyProfile200JSONResponse(encodeRecord(record)), nil
}

// PutMySkills is PUT /me/skills.
func (h *api) PutMySkills(ctx context.Context, r gen.PutMySkillsRequestObject) (gen.PutMySkillsResponseObject, error) {
	record, err := h.app.SetMySkills(ctx, r.Body.Skills, domain.Slots(r.Body.Slots))
	if err != nil {
		return nil, err
	}
	return gen.PutMySkills200JSONResponse(encodeRecord(record)), nil
}

// ListSkills is GET /skills.
func (h *api) ListSkills(ctx context.Context, _ gen.ListSkillsRequestObject) (gen.ListSkillsResponseObject, error) {
	skills, err := h.app.ListSkills(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Skill, len(skills))
	for i, s := range skills {
		items[i] = encodeSkill(s)
	}
	return gen.ListSkills200JSONResponse{Items: items}, nil
}

// PutSkill is PUT /skills/{code}.
func (h *api) PutSkill(ctx context.Context, r gen.PutSkillRequestObject) (gen.PutSkillResponseObject, error) {
	s, err := h.app.KeepSkill(ctx, domain.Skill{Code: r.Code, Name: r.Body.Name, Place: r.Body.Place, Offered: r.Body.Offered})
	if err != nil {
		return nil, err
	}
	return gen.PutSkill200JSONResponse(encodeSkill(s)), nil
}

func encodeSkill(s domain.Skill) gen.Skill {
	return gen.Skill{Code: s.Code, Name: s.Name, Place: s.Place, Offered: s.Offered}
}
