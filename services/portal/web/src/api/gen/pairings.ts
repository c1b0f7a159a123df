// Generated from services/pairings/openapi.yaml by "npm run generate". Do not edit.

export interface paths {
    "/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The children of my regions, newest first; nothing says who they are */
        get: operations["listChildren"];
        put?: never;
        /**
         * Refer a child
         * @description For child-care officers, coordinators and administrators of the region. Who the child is is sealed and not shown again without grounds.
         */
        post: operations["referChild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a child's record; it is written down that one did
         * @description With a second factor, for the officer who has the case, for a purpose that another approved, or in an emergency. 503 when it cannot be written down.
         */
        get: operations["openChild"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/case": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a case that nobody has
         * @description For child-care officers of the region, with a second factor. case_held when somebody has it.
         */
        put: operations["takeChild"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/officers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom the case can be handed over */
        get: operations["listCareOfficers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/officer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hand the case over
         * @description For who has it and for administrators of the region, with a second factor; to another child-care officer there.
         */
        put: operations["handOver"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who opened the record, on what grounds */
        get: operations["listOpenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/emergencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open one record for an hour
         * @description For child-care officers of the region, with a second factor. Two others are told at once.
         */
        post: operations["openInEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Who answers for the child, where it learns, what it needs
         * @description For the officer who has the case, with a second factor, as all that follows here.
         */
        put: operations["setChildDetails"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/wish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What the child itself said */
        put: operations["recordWish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the record longer than its time, with a reason, or let go */
        put: operations["holdChild"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a numbered paper form
         * @description It counts once the picture of the signature is there.
         */
        post: operations["recordConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/consent-withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The guardian took her consent back, on paper or by telephone */
        put: operations["withdrawConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/children/{child_id}/consent-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link for the guardian; its key is shown this once */
        post: operations["makeConsentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The picture of the signature on a paper form
         * @description The body is the file: JPEG or PNG, at most 4 MB, encoded anew without what its camera wrote, and sealed. Sent again it takes the place of the one before.
         */
        post: operations["addSignature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-signatures/{consent_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a signature; it is written down that one did
         * @description A JPEG. For who has grounds to read the child's record.
         */
        post: operations["readSignature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a guardian's link is for; with her digits, who read the record */
        post: operations["openConsentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-links/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The guardian says yes or no, or takes her yes back */
        post: operations["answerConsentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/purposes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Purposes of my regions, those that wait first */
        get: operations["listPurposes"];
        put?: never;
        /** Ask to read records that are not one's cases */
        post: operations["askPurpose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/purposes/{purpose_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say yes or no
         * @description For another child-care officer or an administrator of the region, with a second factor.
         */
        put: operations["decidePurpose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Companion parents of my regions, who waits first; not what checks and interviews say */
        get: operations["listCompanions"];
        put?: never;
        /**
         * Apply to be a companion parent
         * @description For adults. What they write of themselves is sealed.
         */
        post: operations["applyAsCompanion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I stand, and the code as it is in force */
        get: operations["getMyCompanion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine/signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sign the code in the version that I read */
        put: operations["signConduct"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/mine/leaving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** End my application, or my being a companion parent */
        put: operations["leaveCompanions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a companion parent's record; it is written down that one did
         * @description For child-care officers of the region, with a second factor.
         */
        get: operations["openCompanion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/offence-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The police were asked for the record of offences */
        put: operations["askOffenceCheck"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record what a check or an interview says
         * @description With a second factor. A check is for child-care officers of the region, an interview also for its coordinators and administrators; never for the applicant, nor an interview for who approved.
         */
        post: operations["recordEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companions/{companion_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Approve, or refuse with a reason
         * @description For child-care officers of the region, with a second factor, who neither are the applicant nor interviewed.
         */
        put: operations["decideCompanion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed checkpoint of the record of openings */
        get: operations["getLogCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Sex: "female" | "male";
        /** @enum {string} */
        ChildState: "referred" | "consented" | "waiting" | "consent_withdrawn" | "erased";
        /** @enum {string} */
        Basis: "case" | "purpose" | "emergency" | "guardian" | "vetting";
        NewChild: {
            /** @description The village's, or the township's where that is not known */
            region_code: string;
            sex: components["schemas"]["Sex"];
            name: string;
            /** Format: date */
            born_on: string;
            id_number?: string;
            address: string;
            /** @description Why the child needs company */
            reason: string;
        };
        Referred: {
            /** Format: uuid */
            child_id: string;
            number: number;
        };
        ListedChild: {
            /** Format: uuid */
            child_id: string;
            /** @description What people call the record by before they open it */
            number: number;
            region_name: string;
            birth_year: number;
            sex: components["schemas"]["Sex"];
            state: components["schemas"]["ChildState"];
            /** Format: date-time */
            referred_at: string;
            /** @description Somebody has the case */
            has_officer: boolean;
            /** @description The reader has the case */
            mine: boolean;
        };
        NewCareOfficer: {
            /** Format: uuid */
            officer_id: string;
        };
        CareOfficer: {
            /** Format: uuid */
            officer_id: string;
            name: string;
            /** @description Has the case */
            holds: boolean;
        };
        CareOfficerList: {
            items: components["schemas"]["CareOfficer"][];
        };
        ChildList: {
            items: components["schemas"]["ListedChild"][];
        };
        OpenedChild: {
            listed: components["schemas"]["ListedChild"];
            basis: components["schemas"]["Basis"];
            name: string;
            born_on: string;
            id_number?: string;
            address: string;
            reason: string;
            details?: components["schemas"]["ChildDetails"];
            consents?: components["schemas"]["Consent"][];
            wish?: components["schemas"]["Wish"];
            link?: components["schemas"]["ConsentLink"];
            /**
             * Format: date-time
             * @description When the record is erased; absent while there is a consent
             */
            erase_at?: string;
            /** @description Why it is not all the same */
            hold_reason?: string;
        };
        Adult: {
            name: string;
            relation: string;
            phone: string;
            place: string;
            /** @description The last four of the guardian's ID number */
            id_tail?: string;
        };
        School: {
            name: string;
            grade: string;
            term: string;
        };
        ChildDetails: {
            guardian: components["schemas"]["Adult"];
            carer?: components["schemas"]["Adult"];
            school: components["schemas"]["School"];
            needs: ("company" | "study" | "family_calls" | "health" | "feelings" | "safety")[];
            note?: string;
            /** @enum {string} */
            companion_sex: "female" | "male" | "any";
        };
        NewWish: {
            wants: boolean;
            /** Format: date */
            talked_on: string;
            /** @description As the child said it */
            words: string;
        };
        Wish: {
            wants: boolean;
            talked_on: string;
            words: string;
            recorded_by: string;
        };
        Hold: {
            /** @description Without the child's name; empty: let go */
            reason: string;
        };
        NewConsent: {
            form_number: string;
            /** Format: date */
            given_on: string;
            witness: string;
            /** @description Where the paper is kept */
            archive: string;
            /** @description The companion parent may telephone */
            for_phone: boolean;
        };
        RecordedConsent: {
            /** Format: uuid */
            consent_id: string;
        };
        Consent: {
            /** Format: uuid */
            consent_id: string;
            by_link: boolean;
            good: boolean;
            has_signature: boolean;
            form_number?: string;
            witness?: string;
            archive?: string;
            for_phone: boolean;
            given_on: string;
            /** Format: date-time */
            ends_at: string;
            recorded_by?: string;
            /** Format: date-time */
            withdrawn_at?: string;
        };
        ConsentLink: {
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            answer_by: string;
            /** @description It can still be answered */
            good: boolean;
            answered: boolean;
            agreed: boolean;
        };
        MadeConsentLink: {
            /** @description The link is /consent#secret */
            secret: string;
            /** Format: date-time */
            answer_by: string;
        };
        OpenConsentLink: {
            secret: string;
            digits?: string;
        };
        GuardianAnswer: {
            secret: string;
            digits: string;
            /** @enum {string} */
            answer: "agree" | "refuse" | "withdraw";
            for_data?: boolean;
            for_pairing?: boolean;
            for_phone?: boolean;
        };
        GuardianView: {
            /** Format: date-time */
            answer_by: string;
            answered: boolean;
            agreed: boolean;
            /** @description The digits were hers; what follows is empty otherwise */
            proved: boolean;
            child_name?: string;
            /** Format: date-time */
            ends_at?: string;
            for_phone?: boolean;
            withdrawn: boolean;
            /** @description There is a consent to take back */
            may_retract: boolean;
            openings: components["schemas"]["Opening"][];
        };
        Opening: {
            /** Format: date-time */
            at: string;
            person_name: string;
            /** @enum {string} */
            act: "read" | "write";
            basis: components["schemas"]["Basis"];
            /** @description child, details, consent, signature, link, wish */
            what: string;
            /** @description Of the purpose */
            reason?: string;
        };
        OpeningList: {
            items: components["schemas"]["Opening"][];
        };
        NewEmergency: {
            /** @description Without the child's name */
            reason: string;
        };
        NewPurpose: {
            /** @description Whose children; or child_id */
            region_code?: string;
            /**
             * Format: uuid
             * @description The only one
             */
            child_id?: string;
            reason: string;
            days: number;
        };
        AskedPurpose: {
            /** Format: uuid */
            purpose_id: string;
        };
        Purpose: {
            /** Format: uuid */
            purpose_id: string;
            officer_name: string;
            emergency: boolean;
            region_name: string;
            one_child: boolean;
            reason: string;
            /** Format: date-time */
            asked_at: string;
            /** Format: date-time */
            ends_at: string;
            decided: boolean;
            approved: boolean;
            answer?: string;
            decided_by?: string;
            /** Format: date-time */
            decided_at?: string;
            /** @description Records may be read on it now */
            good: boolean;
            /** @description The reader may say yes or no */
            may_decide: boolean;
        };
        PurposeList: {
            items: components["schemas"]["Purpose"][];
        };
        PurposeDecision: {
            approved: boolean;
            /** @description Why not */
            answer?: string;
        };
        /** @enum {string} */
        CompanionState: "applied" | "approved" | "suspended" | "refused" | "left";
        NewCompanion: {
            /** @description Where they want to help */
            region_code: string;
            /** @description Why */
            about: string;
        };
        AppliedCompanion: {
            /** Format: uuid */
            companion_id: string;
        };
        Gate: {
            /** @enum {string} */
            name: "identity" | "training" | "conduct" | "offence" | "interview";
            good: boolean;
            /**
             * Format: date-time
             * @description Also once it is over; missing: for good, or nothing was shown
             */
            good_until?: string;
        };
        MyCompanion: {
            /** @description Not 18 yet; cannot apply */
            minor: boolean;
            state?: components["schemas"]["CompanionState"];
            /** Format: date-time */
            state_since?: string;
            /** @description A word for why it was refused, suspended or left */
            reason?: string;
            region_name?: string;
            /** Format: date-time */
            applied_at?: string;
            gates: components["schemas"]["Gate"][];
            /** @description By how many I was interviewed */
            interviews: number;
            /** @description The check is under way */
            offence_asked: boolean;
            code: components["schemas"]["ConductCode"];
        };
        ConductCode: {
            version: number;
            zh: string[];
            en: string[];
        };
        Signature: {
            version: number;
        };
        Leaving: {
            /** @enum {string} */
            reason: "no_time" | "moved" | "health" | "other";
        };
        ListedCompanion: {
            /** Format: uuid */
            companion_id: string;
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            region_name: string;
            state: components["schemas"]["CompanionState"];
            /** Format: date-time */
            state_since: string;
            reason?: string;
            /** Format: date-time */
            applied_at: string;
            gates: components["schemas"]["Gate"][];
            interviews: number;
            offence_asked: boolean;
            /**
             * Format: date-time
             * @description When the first of what was shown ends
             */
            ends_first?: string;
            /** @description The reader may open the record, with a second factor */
            reads: boolean;
            /** @description The reader neither is the applicant nor interviewed */
            may_approve: boolean;
        };
        CompanionList: {
            items: components["schemas"]["ListedCompanion"][];
        };
        Evidence: {
            /** @enum {string} */
            kind: "identity" | "conduct" | "offence" | "interview";
            by_name: string;
            passed: boolean;
            /** Format: date */
            held_on: string;
            /** Format: date-time */
            good_until: string;
            code_version?: number;
            note?: string;
            /** @description Where the paper is kept */
            archive?: string;
        };
        OpenedCompanion: {
            listed: components["schemas"]["ListedCompanion"];
            about: string;
            evidence: components["schemas"]["Evidence"][];
        };
        NewEvidence: {
            /** @enum {string} */
            kind: "offence" | "interview";
            passed: boolean;
            /** Format: date */
            held_on: string;
            note?: string;
            /** @description Where the paper is kept */
            archive?: string;
        };
        RecordedEvidence: {
            /** Format: uuid */
            evidence_id: string;
        };
        CompanionDecision: {
            approved: boolean;
            /**
             * @description Why not
             * @enum {string}
             */
            reason?: "not_suitable" | "papers_missing" | "no_child_waits" | "conduct";
        };
        Checkpoint: {
            note: string;
            /** Format: date-time */
            signed_at: string;
            keys: string[];
        };
        Problem: {
            type: string;
            /** @description The sentence to show */
            title: string;
            status: number;
            /** @description Stable, for programs */
            code: string;
            request_id?: string;
            fields?: {
                /** @description The input, as the request calls it: shifts[0].capacity */
                name: string;
                code: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description What went wrong (RFC 9457), in the language of Accept-Language */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Made by the client; the same key gives the same answer for 7 days */
        IdempotencyKey: string;
        ChildID: string;
        ConsentID: string;
        CompanionID: string;
        PurposeID: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listChildren: {
        parameters: {
            query?: {
                /** @description The last number of the page before */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fifty at most; none for who is no child-care officer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    referChild: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChild"];
            };
        };
        responses: {
            /** @description How the record is called from now on */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Referred"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedChild"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is my case now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listCareOfficers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The child-care officers of the child's region, the nearest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareOfficerList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCareOfficer"];
            };
        };
        responses: {
            /** @description It is theirs now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listOpenings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, two hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpeningList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openInEmergency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEmergency"];
            };
        };
        responses: {
            /** @description It may be read now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    setChildDetails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChildDetails"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWish"];
            };
        };
        responses: {
            /** @description Written; the newest counts */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    holdChild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Hold"];
            };
        };
        responses: {
            /** @description Written */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConsent"];
            };
        };
        responses: {
            /** @description The picture goes to it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedConsent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record is closed to all but who carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    makeConsentLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                child_id: components["parameters"]["ChildID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In place of one that was not answered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeConsentLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addSignature: {
        parameters: {
            query: {
                consent_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readSignature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consent_id: components["parameters"]["ConsentID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JPEG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openConsentLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenConsentLink"];
            };
        };
        responses: {
            /** @description Without digits nothing of the child */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardianView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerConsentLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuardianAnswer"];
            };
        };
        responses: {
            /** @description It holds */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listPurposes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A hundred at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askPurpose: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPurpose"];
            };
        };
        responses: {
            /** @description It waits for another officer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedPurpose"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decidePurpose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose_id: components["parameters"]["PurposeID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurposeDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listCompanions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Two hundred at most; none for who is no child-care officer, coordinator or administrator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanionList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    applyAsCompanion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCompanion"];
            };
        };
        responses: {
            /** @description It waits */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedCompanion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without a state for who never applied */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyCompanion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signConduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Signature"];
            };
        };
        responses: {
            /** @description Signed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    leaveCompanions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Leaving"];
            };
        };
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedCompanion"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askOffenceCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Noted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    recordEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvidence"];
            };
        };
        responses: {
            /** @description Recorded */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedEvidence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideCompanion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                companion_id: components["parameters"]["CompanionID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanionDecision"];
            };
        };
        responses: {
            /** @description Decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getLogCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note (C2SP tlog-checkpoint), and the public keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
