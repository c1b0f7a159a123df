// Generated from services/teams/openapi.yaml by "npm run generate". Do not edit.

export interface paths {
    "/sign-in-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a one-time code to a phone
         * @description The answer is the same whether the number is known or not.
         */
        post: operations["createSignInCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I am signed in */
        get: operations["listSessions"];
        put?: never;
        /**
         * Sign in with the code
         * @description The portal turns the header Qihe-Session into a cookie; browsers never see it.
         */
        post: operations["createSession"];
        /** Sign out everywhere, here too */
        delete: operations["deleteSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of my sessions */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out */
        delete: operations["deleteCurrentSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shared-phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether this phone is shared, and by whom
         * @description Told to the phone itself, by the browser's own cookie; nobody needs to be signed in.
         */
        get: operations["getSharedPhone"];
        put?: never;
        post?: never;
        /** Share this phone no longer */
        delete: operations["endSharing"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shared-phone/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep me on this phone, which is shared from now on, under a PIN */
        put: operations["keepOnPhone"];
        post?: never;
        /** Take me off this phone */
        delete: operations["leavePhone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shared-phone/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Be another person on this phone, by a name and a PIN */
        post: operations["switchPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/claim-links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what a claim link is for
         * @description Changes nothing; opening a link twice is no harm.
         */
        post: operations["openClaimLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/claim-links/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Come to my record by a claim link, and sign in */
        post: operations["claimVolunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/claim-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link for whoever of a brigade is not claimed yet
         * @description For its leader and deputies, and for coordinators and administrators of its region. It is good for a day.
         */
        post: operations["createTeamClaimLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/claim-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link by which one person comes to their record
         * @description For who leads a brigade the person is in, and for coordinators and administrators of their region.
         */
        post: operations["createClaimLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have to prove who I am with */
        get: operations["getSecurity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description The first second factor is free; a further one needs an earlier one.
         */
        post: operations["createPasskeyOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a new passkey */
        post: operations["createPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/passkeys/{passkey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey */
        delete: operations["deletePasskey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to use a code app */
        post: operations["createTotp"];
        /** Stop using the code app */
        delete: operations["deleteTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the first code of the code app */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make ten recovery codes instead of all earlier ones */
        post: operations["createRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/step-up/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to prove this session with a passkey */
        post: operations["createStepUpOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove this session with a second factor */
        post: operations["stepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/phone-changes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        /** A person's newest changes of the number */
        get: operations["listPhoneChanges"];
        put?: never;
        /**
         * Vouch face to face that a new number is somebody's
         * @description For who leads a team of the person, or an officer; never for oneself. Within the hour the person signs in with the number, and only then it is theirs. The answer tells nothing about the number.
         */
        post: operations["createPhoneChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-changes/{phone_change_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the number before back
         * @description For an officer of the person, for some days.
         */
        post: operations["undoPhoneChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/second-factor/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take off somebody's lost second factor
         * @description For an administrator of the person's region, with a second factor of their own; never for oneself.
         */
        post: operations["resetSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/board-consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say whether my name may stand on boards
         * @deprecated
         * @description As the previous web app asks it; the same as the consent board_name, to that app's sentence.
         */
        put: operations["putBoardConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I agreed to, and to which words */
        get: operations["listMyConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Agree to a purpose, or take it back */
        put: operations["putConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My inbox
         * @description In the language of Accept-Language. Notices stay for 180 days.
         */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/notices/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many I have not read */
        get: operations["countUnreadNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * I have read this one and all older ones
         * @description Doing it twice is doing it once.
         */
        post: operations["readNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/notice-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I want to be told of, and how */
        get: operations["getNoticePreferences"];
        /** Choose what I am told of, and how */
        put: operations["putNoticePreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The divisions directly below one
         * @description For everybody, as whoever registers says where they are at home.
         */
        get: operations["listRegions"];
        put?: never;
        /**
         * Add a township below a county, or a village below a township
         * @description For administrators of the division above.
         */
        post: operations["createRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One division, and the way to it */
        get: operations["getRegion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions/{code}/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a township or village another name */
        post: operations["renameRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions/{code}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hang a township or village below another county or township
         * @description The paths of all below it follow. For administrators of both.
         */
        post: operations["moveRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/regions/{code}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a township or village part of another
         * @description What is below it, its people and brigades belong there from now on. For administrators of both.
         */
        post: operations["mergeRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/region-search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find divisions by characters or by pinyin initials */
        get: operations["searchRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 妇联组织 and 妇女之家 of a region and all below it */
        get: operations["listOffices"];
        put?: never;
        /**
         * Add an office
         * @description For coordinators and administrators of the region.
         */
        post: operations["createOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offices/{office_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                office_id: components["parameters"]["OfficeID"];
            };
            cookie?: never;
        };
        /** One office */
        get: operations["getOffice"];
        /** Write what an office is now */
        put: operations["putOffice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offices/{office_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a closed office again */
        post: operations["reopenOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offices/{office_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an office */
        post: operations["closeOffice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/office": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        /** Which office supervises a brigade */
        get: operations["getTeamOffice"];
        /** Choose which office supervises a brigade */
        put: operations["putTeamOffice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where brigades are counted */
        get: operations["listReportingUnits"];
        put?: never;
        /**
         * Add a reporting unit
         * @description For administrators of the city, as every change of the list.
         */
        post: operations["createReportingUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting-units/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a reporting unit another name
         * @description Its brigades follow. What was counted before keeps the name it was counted under.
         */
        post: operations["renameReportingUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting-units/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a reporting unit out of the choice for new brigades */
        post: operations["retireReportingUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting-units/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let new brigades choose a retired unit again */
        post: operations["restoreReportingUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff-grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has authority in a region and all below it
         * @description For coordinators and administrators of the region.
         */
        get: operations["listStaffGrants"];
        put?: never;
        /**
         * Give somebody authority
         * @description For administrators of the region or of one above it; never to oneself.
         */
        post: operations["createStaffGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff-grants/{grant_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End somebody's authority now
         * @description It is out within two seconds everywhere. The last administrator of the city stays.
         */
        post: operations["withdrawStaffGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grant-candidates/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the person to give authority to
         * @description By volunteer number or phone, whole; for administrators. A phone is not asked for in an address, which would be logged.
         */
        post: operations["findGrantCandidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the brigades
         * @description Everybody sees those that work; officers see those of their regions in every state. Dissolved ones come only when asked for.
         */
        get: operations["listTeams"];
        put?: never;
        /**
         * Draft a brigade
         * @description For whoever is signed in, who leads it once the office has approved it.
         */
        post: operations["createTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One brigade */
        get: operations["getTeam"];
        /**
         * Change what a draft says
         * @description For its founder; the office may do so with every brigade that exists.
         */
        put: operations["putTeam"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/description": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say what a brigade does
         * @description For its leader and deputies, and for the office.
         */
        put: operations["putTeamDescription"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the office to approve a draft */
        post: operations["submitTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a brigade
         * @description Its founder becomes its leader.
         */
        post: operations["approveTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a submitted brigade back to its founder */
        post: operations["returnTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a brigade from posting */
        post: operations["suspendTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a suspension */
        post: operations["resumeTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/dissolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a brigade
         * @description With a successor, its people become members there.
         */
        post: operations["dissolveTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/leader": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Appoint a leader
         * @description For the office, when the leader is gone.
         */
        put: operations["putTeamLeader"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose a member as the next leader
         * @description For the leader.
         */
        post: operations["createHandover"];
        /**
         * Take a proposal back
         * @description For the leader. Taking it back twice is no error.
         */
        delete: operations["deleteHandover"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/handover/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Become the leader
         * @description For whoever was proposed.
         */
        post: operations["acceptHandover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/handover/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say no to becoming the leader
         * @description For whoever was proposed.
         */
        post: operations["declineHandover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done to a brigade, by whom and why
         * @description For officers of its region.
         */
        get: operations["listTeamHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team-approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve many brigades at once
         * @description Either those of the list, or all that came with a roster and wait at or below the division. What cannot be approved is listed with its reason and holds up nothing.
         */
        post: operations["approveTeams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team-categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sorts of brigades, retired ones too */
        get: operations["listTeamCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team-categories/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add, rename, retire or restore a sort of brigades
         * @description For administrators of the city.
         */
        put: operations["putTeamCategory"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brigades I am founding, and those that I am asked to lead */
        get: operations["getMyTeams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in a brigade
         * @description For its leader and deputies, and for officers of its region.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/members/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search who is in a brigade
         * @description For its leader and deputies, and for officers of its region. A POST, so that no name stands in an address.
         */
        post: operations["searchMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Everything that is held about me, as a file
         * @description Made on demand and kept nowhere. It is recorded.
         */
        post: operations["exportMe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I must do before my account can be erased */
        get: operations["getMyErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/erasure-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a code to my own phone */
        post: operations["createErasureCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase my account
         * @description The hours stay with a number that has no name any more.
         */
        post: operations["eraseMe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase somebody's account because they asked for it in writing */
        post: operations["eraseVolunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at my data or decided about me */
        get: operations["listMyAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, and who looked at whose data
         * @description For administrators. Looking for one person is itself recorded.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has asked to join a brigade
         * @description For its leader and deputies, and for officers of its region.
         */
        get: operations["listApplications"];
        put?: never;
        /**
         * Ask a brigade to take me in
         * @description Asking twice changes nothing; whoever is invited accepts by it.
         */
        post: operations["createApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a brigade has sent that can still be accepted
         * @description For its leader and deputies. It does not say what became of them.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Ask somebody to join a brigade
         * @description The answer is the same whether anybody has the number or not. Nobody is a member before they accept.
         */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I am in any brigade, was, asked to be or am asked to be */
        get: operations["listMyMemberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an applicant in
         * @description For leader and deputies, and for coordinators and administrators of the region; nobody decides about themself.
         */
        post: operations["approveMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say no
         * @description To an application, with a reason, as approveMembership; to an invitation, as the one who is invited.
         */
        post: operations["declineMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back my application */
        post: operations["withdrawMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description The volunteer's own act; without it nobody is enrolled (条例 art. 25).
         */
        post: operations["acceptMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a brigade
         * @description A leader hands over first.
         */
        post: operations["leaveMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a member
         * @description For leader and deputies. The member reads the reason and may appeal.
         */
        post: operations["removeMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make somebody deputy, or a member again
         * @description For the leader. The leader herself changes by handing over.
         */
        put: operations["putMembershipRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The full number of a member or an applicant, to call them
         * @description For leader and deputies. Every reading is recorded.
         */
        post: operations["readMemberPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a one-time code to a phone, to register with it
         * @description Sent to any number, under the limits of all codes; the answer tells nothing about who is registered.
         */
        post: operations["createRegistrationCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Become a volunteer
         * @description Makes the record and signs in; if somebody has the number, this person is signed in.
         */
        post: operations["createRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held about me */
        get: operations["getMyProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Correct what is held about me
         * @description The name and the identity paper only until a paper is registered; then the office does it.
         */
        patch: operations["patchMyProfile"];
        trace?: never;
    };
    "/me/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what I can do and when I usually have time */
        put: operations["putMySkills"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qualification-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sorts of papers that count */
        get: operations["listQualificationKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qualification-kinds/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add a sort of paper to the list or change it
         * @description For administrators of the city. Papers that people have stay as they are.
         */
        put: operations["putQualificationKind"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I can show for myself */
        get: operations["getMyCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/qualifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that I have a paper
         * @description It waits for an officer, who has to see it.
         */
        post: operations["createMyQualification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a person can show for themself
         * @description For officers of their divisions and leaders of their brigades. Numbers are masked.
         */
        get: operations["getCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/qualifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a paper that an officer has seen
         * @description For coordinators and administrators of the person's divisions. It is confirmed by it.
         */
        post: operations["createQualification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qualifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The papers that wait in a region
         * @description For its coordinators and administrators.
         */
        get: operations["listQualifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qualifications/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm or refuse papers that wait
         * @description What cannot be decided is listed with its reason and holds up nothing; when nothing can be, its reason is the answer. Nobody decides about their own.
         */
        post: operations["decideQualifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qualifications/{qualification_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a paper of mine back, or revoke somebody's */
        post: operations["withdrawQualification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/qualifications/{qualification_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See the number of a paper in full
         * @description For coordinators and administrators of the person's divisions, to compare it with the register it is from. It is recorded.
         */
        post: operations["readQualification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down a training that somebody has had
         * @description For coordinators and administrators of the person's divisions. Nobody records their own.
         */
        post: operations["createTraining"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trainings/{training_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that it was recorded wrongly; the line stays */
        post: operations["withdrawTraining"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/honours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down what somebody was honoured with
         * @description For coordinators and administrators of the person's divisions. Nobody records their own.
         */
        post: operations["createHonour"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/honours/{honour_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that it was recorded wrongly; the line stays */
        post: operations["withdrawHonour"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The complaints that are open in a region
         * @description For its coordinators and administrators, without those that concern the asker.
         */
        get: operations["listComplaints"];
        put?: never;
        /**
         * Tell the office what went wrong in a brigade
         * @description About the brigade or somebody in it. The office sees who writes; whom it is about does not. At most five in 24 hours.
         */
        post: operations["createComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have complained of, and what was decided about me */
        get: operations["listMyComplaints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/complaints/{complaint_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a complaint up, or decide it
         * @description For coordinators and administrators who neither made it nor are concerned by it.
         */
        post: operations["decideComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people can say they can do */
        get: operations["listSkills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/skills/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add a skill to the list or change it
         * @description For an administrator of the city.
         */
        put: operations["putSkill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search the people of my divisions
         * @description For officers. Merged and erased records are not in it. A POST, so that no name or phone stands in an address.
         */
        post: operations["searchVolunteers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A person's record, numbers masked
         * @description For officers of the person's divisions, and leaders of their teams, who do not see the history.
         */
        get: operations["getVolunteer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Correct a person's record
         * @description For coordinators and administrators of the person's divisions, never their own record.
         */
        patch: operations["patchVolunteer"];
        trace?: never;
    };
    "/volunteers/{volunteer_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a person's numbers in full
         * @description Every reading is a line of the audit, with its purpose. Leaders see phones only.
         */
        post: operations["readVolunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/guardian-consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that a minor's guardian has agreed on paper */
        post: operations["createGuardianConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/guardian-consents/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that the guardian has withdrawn the consent */
        post: operations["withdrawGuardianConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make another record of the same person part of this one
         * @description For coordinators and administrators of both. Hours stay in the ledger as they are and count for the record that stays.
         */
        post: operations["mergeVolunteers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/doubles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records that may be further ones of the same person
         * @description For coordinators and administrators of the person's divisions; only records that they may merge.
         */
        get: operations["listDoubles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every session of somebody whose phone is lost, or who asks for it
         * @description For coordinators and administrators of the person's divisions, never for oneself.
         */
        post: operations["signOutVolunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a minor's guardian was asked and has said
         * @description For whoever may record a guardian's consent; of minors only.
         */
        get: operations["listVolunteerConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Record what a minor's guardian says about a purpose
         * @description The guardian has read the text; the guardian's consent itself is recorded before.
         */
        put: operations["putVolunteerConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register somebody who has no account, and add them to the team
         * @description For the team's leaders and officers. The person's own agreement is needed (条例 art. 25), for a minor the guardian's too.
         */
        post: operations["createTeamPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description For its leader and deputies. The answer is the same whether it reached anybody or not; one that was accepted stays.
         */
        delete: operations["deleteInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/join-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The join codes of a brigade that count now
         * @description For its leader and deputies.
         */
        get: operations["listJoinCodes"];
        put?: never;
        /**
         * Make a code that takes in whoever opens it in time
         * @description For its leader and deputies.
         */
        post: operations["createJoinCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/join-codes/{join_code_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a join code at once */
        delete: operations["deleteJoinCode"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/join-codes/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which brigade a join code is for
         * @description Nothing is done yet. The code is in the body, so that no address holds it.
         */
        post: operations["openJoinCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/join-codes/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join by a code
         * @description The code is judged now. For a member nothing changes.
         */
        post: operations["useJoinCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/memberships/{membership_id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the office to look at my removal
         * @description Within 30 days, once for each removal.
         */
        post: operations["createAppeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The appeals that wait in a region
         * @description For its coordinators and administrators.
         */
        get: operations["listAppeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appeals/{appeal_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uphold a removal or reverse it
         * @description Neither who removed nor who was removed. Reversed, the membership is back.
         */
        post: operations["decideAppeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rosters I uploaded, the newest first */
        get: operations["listImports"];
        put?: never;
        /**
         * Upload a roster, xlsx or CSV, to be judged
         * @description The body is the file itself, at most 20 MB. For coordinators and administrators, over the divisions of their
         *     grants; with team_id, members of that team, for its leader too. Nothing is imported before it is applied.
         *
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a roster is and what it comes to */
        get: operations["getImport"];
        put?: never;
        post?: never;
        /** Drop a roster that is not wanted, its file included */
        delete: operations["discardImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{import_id}/marked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The uploader's own file with red cells and reasons */
        get: operations["getMarkedRoster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{import_id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply a judged roster, whole or not at all */
        post: operations["applyImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roster-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty roster to fill in */
        get: operations["getRosterTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a list of teams or members out
         * @description For coordinators and administrators, and leaders of their own team. Recorded with its purpose; identity numbers are masked always.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * My volunteer card
         * @description Issued when it is first asked for; the same ever after, until it is replaced.
         */
        put: operations["putMyCard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/card/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * My volunteer card on paper
         * @description A PDF of the size of a bank card, 85.6 × 54 mm. It is recorded.
         */
        post: operations["printMyCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}/cards/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The cards of a team's people on paper
         * @description A PDF with ten on each page of A4, who has no phone first. For who leads the team, and its coordinators and administrators. It is recorded.
         */
        post: operations["printCards"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/volunteers/{volunteer_id}/card/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue a new card for one that is lost
         * @description The old one is void at once. For the person, who leads them, and their coordinators and administrators.
         */
        post: operations["replaceCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cards/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whose card it is, and whether it counts
         * @description For anybody; the name only for the holder, who leads them, and their officers. The token is in the body, so that no log holds it.
         */
        post: operations["openCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events that this service could not carry out
         * @description For administrators of the city. An event holds ids and nothing else of anybody, and it is not shown.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have events tried again, after what was in the way was mended
         * @description For administrators of the city, with a second factor. The service does it within seconds; who asked is recorded.
         */
        post: operations["redriveDeadLetters"];
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
        DeadLetter: {
            /** Format: uuid */
            letter_id: string;
            /** @description Who could not carry it out: hours-from-tasks */
            consumer: string;
            /** @description What happened: tasks.v1.attendance.confirmed */
            subject: string;
            /**
             * @description unreadable: not what this release can read; refused: by a rule of the service; conflict: with what is in the database; fault: the program broke off
             * @enum {string}
             */
            cause: "unreadable" | "refused" | "conflict" | "fault" | "unknown";
            /** @description For whoever mends it */
            error: string;
            attempts: number;
            /** Format: date-time */
            occurred_at: string;
            /**
             * Format: date-time
             * @description The last time
             */
            tried_at: string;
            /** @description It was asked for and is tried within seconds */
            waits: boolean;
            /**
             * Format: date-time
             * @description When it was asked for last; missing: never
             */
            asked_at?: string;
            /** @description By whom; empty: by who runs the machine */
            asked_by?: string;
            /**
             * Format: date-time
             * @description When it was carried out after all
             */
            redriven_at?: string;
        };
        DeadLetters: {
            /** @description Of all that are to be looked at */
            count: number;
            items: components["schemas"]["DeadLetter"][];
            redriven: components["schemas"]["DeadLetter"][];
        };
        DeadLetterChoice: {
            letter_ids: string[];
        };
        Card: {
            name: string;
            number: string;
            /** @description Empty for somebody in no team */
            team_name: string;
            /** @description How many cards the person has had */
            serial: number;
            /** Format: date-time */
            issued_at: string;
            /** @description Where its QR code leads on this site: /k/<token> */
            path: string;
        };
        CardHolders: {
            /** @description Empty for everybody in the team */
            volunteer_ids: string[];
        };
        CardToken: {
            token: string;
        };
        OpenedCard: {
            /** @description false: a newer card was issued */
            valid: boolean;
            masked_name: string;
            /** @description Empty for who may not know */
            name: string;
            /** @description Likewise */
            number: string;
        };
        Import: {
            /** Format: uuid */
            import_id: string;
            /** Format: uuid */
            team_id?: string;
            name: string;
            size: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at?: string;
            /** @enum {string} */
            state: "waiting" | "judged" | "refused" | "confirmed" | "applied" | "done" | "discarded";
            /** @description Why the file could not be read and what to do */
            refused?: string;
            /** @description It was confirmed and what is registered had changed by then; please look again */
            outdated: boolean;
            usable_only: boolean;
            /** @enum {string} */
            step: "" | "reading" | "judging" | "staging" | "telling";
            step_done: number;
            step_of: number;
            report?: components["schemas"]["RosterReport"];
        };
        RosterReport: {
            rows: number;
            usable: number;
            to_fix: number;
            /** @description Lines that are no rows: totals, notes */
            skipped: number;
            sheets: components["schemas"]["RosterSheet"][];
            kinds: components["schemas"]["RosterKind"][];
            changes: components["schemas"]["RosterChanges"];
        };
        RosterSheet: {
            name: string;
            /**
             * @description Empty: it has no header and was not read
             * @enum {string}
             */
            of: "" | "teams" | "members";
            /** @description Number of the header's line */
            header: number;
            rows: number;
            /** @description Words above columns that are not used */
            unknown: string[];
        };
        RosterKind: {
            kind: string;
            sentence: string;
            /** @description Keeps no row back */
            note: boolean;
            count: number;
            /** @description The first of them */
            places: components["schemas"]["RosterPlace"][];
        };
        RosterPlace: {
            sheet: string;
            line: number;
        };
        RosterChanges: {
            new_teams: number;
            changed_teams: number;
            new_people: number;
            changed_people: number;
            new_members: number;
            changed_members: number;
        };
        ApplyImport: {
            /** @description Leave out the rows that must be put right */
            usable_only: boolean;
        };
        NewExport: {
            /** @enum {string} */
            of: "teams" | "members";
            /** @enum {string} */
            format: "xlsx" | "csv";
            region?: string;
            /** Format: uuid */
            team_id?: string;
            /** @description Whole phone numbers; else masked */
            phones?: boolean;
            purpose: string;
        };
        NewSignInCode: {
            /** @description A mainland mobile number; spaces, +86 and full-width digits are understood */
            phone: string;
        };
        SignInCode: {
            expires_in_seconds: number;
            /** @description When another code may be asked for */
            retry_in_seconds: number;
        };
        NewSession: {
            phone: string;
            code: string;
        };
        Session: {
            /** Format: uuid */
            session_id: string;
            /** @description The one that asks */
            current: boolean;
            /** @enum {string} */
            system: "android" | "iphone" | "ipad" | "harmony" | "windows" | "mac" | "linux" | "other";
            /** @enum {string} */
            browser: "wechat" | "wecom" | "dingtalk" | "qq" | "uc" | "huawei" | "xiaomi" | "edge" | "firefox" | "chrome" | "safari" | "other";
            /** @enum {string} */
            begun_by: "code" | "claim" | "switch";
            /** @description On a phone that several people share */
            shared: boolean;
            /**
             * @description A day in Hebi
             * @example 2026-11-23
             */
            begun_on: string;
            /** @description A day in Hebi */
            last_used_on: string;
        };
        PhoneChange: {
            /** Format: uuid */
            phone_change_id: string;
            /** @example 138****5678 */
            phone_masked: string;
            /**
             * @description taken: the number proved to be of another record
             * @enum {string}
             */
            state: "open" | "expired" | "done" | "taken" | "replaced" | "undone";
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Of an open one: until when the number can prove itself
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description Since when it is in its state
             */
            decided_at?: string;
            /**
             * Format: date-time
             * @description Of a done one
             */
            undo_until?: string;
            /** @description By whoever asks */
            undoable: boolean;
        };
        SharedPhone: {
            shared: boolean;
            /** @description Whoever asks is one of the people */
            kept: boolean;
            people: components["schemas"]["PersonOnPhone"][];
        };
        PersonOnPhone: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            /** @description The PIN was wrong too often; its owner signs in by link or code */
            locked: boolean;
        };
        NewPin: {
            /** @description Four to six digits */
            pin: string;
        };
        Switch: {
            /** Format: uuid */
            volunteer_id: string;
            pin: string;
        };
        ClaimSecret: {
            secret: string;
        };
        Claimant: {
            secret: string;
            /**
             * Format: uuid
             * @description Who of a brigade; with a link for one person it means nothing
             */
            volunteer_id?: string;
            /** @description The last four characters of the identity number or the phone */
            digits?: string;
        };
        ClaimLink: {
            /** Format: uuid */
            claim_link_id: string;
            /** @description On this host; whoever has it can try to claim */
            path: string;
            /** @description Of the brigade or the person */
            name: string;
            /** @description Nothing will be asked: only for somebody who stands here */
            face_to_face: boolean;
            /** Format: date-time */
            expires_at: string;
        };
        OpenClaimLink: {
            /** @description Of a brigade's link */
            team_name?: string;
            face_to_face: boolean;
            /** Format: date-time */
            expires_at: string;
            people: components["schemas"]["ClaimablePerson"][];
        };
        ClaimablePerson: {
            /** Format: uuid */
            volunteer_id: string;
            /** @example 王*兰 */
            masked_name: string;
            /** @description False: nothing is known to ask; the leader must vouch in person */
            asks_digits: boolean;
        };
        Security: {
            phone_masked: string;
            passkeys: components["schemas"]["Passkey"][];
            totp: boolean;
            recovery_left: number;
            /**
             * Format: date-time
             * @description Until when this session counts as proved with a second factor
             */
            strong_until?: string;
            /** @description Some of what they may do needs a second factor */
            officer: boolean;
            /** @description The only address at which passkeys work; empty: none */
            passkey_origin: string;
        };
        Passkey: {
            /** Format: uuid */
            passkey_id: string;
            name: string;
            created_on: string;
            used_on?: string;
        };
        PasskeyOptions: {
            options: {
                [key: string]: unknown;
            };
        };
        NewPasskey: {
            name?: string;
            /** @description What navigator.credentials.create answers, as JSON */
            credential: string;
        };
        NewTotp: {
            /** @description To type into the app */
            secret: string;
            /** @description To scan with the app */
            uri: string;
        };
        RecoveryCodes: {
            codes: string[];
        };
        Proof: {
            /** @description What navigator.credentials.get answers, as JSON */
            credential?: string;
            /** @description Of the code app */
            code?: string;
            recovery_code?: string;
        };
        Me: {
            /** Format: uuid */
            volunteer_id: string;
            /** @description 志愿者编号 */
            number: string;
            name: string;
            /** @example 138****5678 */
            phone_masked: string;
            board_consent: boolean;
            /** @description May see the own rank; missing is no */
            rank_consent?: boolean;
            /** @description Consents whose words say more now and that count no longer; missing is none */
            consents_to_renew?: number;
            /** @description 100 stands for more */
            unread_notices: number;
            memberships: components["schemas"]["MyMembership"][];
            grants: components["schemas"]["MyGrant"][];
        };
        MyMembership: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            role: components["schemas"]["MembershipRole"];
        };
        /** @enum {string} */
        MembershipRole: "member" | "deputy" | "leader";
        MyGrant: {
            /** @enum {string} */
            role: "viewer" | "coordinator" | "child_care" | "administrator";
            region_code: string;
            region_name: string;
            region_path: string;
        };
        BoardConsent: {
            consent: boolean;
        };
        /** @enum {string} */
        Purpose: "board_name" | "rank_neighbours" | "check_in_location" | "national_system";
        ConsentAnswer: {
            given: boolean;
            /** @description Of the text that was shown; a yes to an older one is refused */
            text_version: number;
        };
        Consents: {
            items: components["schemas"]["Consent"][];
        };
        Consent: {
            purpose: components["schemas"]["Purpose"];
            /**
             * @description renew: given to words that say less than today's, counts no longer
             * @enum {string}
             */
            state: "never" | "given" | "withdrawn" | "renew";
            /** Format: date-time */
            since?: string;
            text: components["schemas"]["ConsentText"];
            /** @description Newest first */
            said: components["schemas"]["ConsentSaid"][];
        };
        ConsentSaid: {
            given: boolean;
            /** Format: date-time */
            at: string;
            /**
             * @description taken_over: by the person, before texts had versions; merged: a no, because two records of the person had said different things
             * @enum {string}
             */
            by: "self" | "guardian" | "taken_over" | "merged";
            text: components["schemas"]["ConsentText"];
        };
        ConsentText: {
            version: number;
            zh: string;
            en: string;
            /** Format: date-time */
            from: string;
        };
        Notice: {
            /** Format: uuid */
            notice_id: string;
            /** @example membership.approved */
            kind: string;
            title: string;
            /** @description The sentence */
            text: string;
            /** @description The page of the web app where a tap leads */
            address: string;
            /** @description It went out as a text message too */
            urgent: boolean;
            /** Format: date-time */
            created_at: string;
            read: boolean;
        };
        Unread: {
            unread: number;
        };
        ReadUpTo: {
            /**
             * Format: uuid
             * @description The newest notice that I have seen
             */
            up_to: string;
        };
        NoticePreferences: {
            /** @description Kinds that do not come into my inbox */
            muted: ("task.published" | "hours.confirmed")[];
            /** @description Important kinds that do not come as a text message */
            no_text: ("task.cancelled" | "task.changed" | "grant.given" | "seat.offered" | "seat.free" | "task.paused" | "task.resumed" | "led.paused" | "led.resumed")[];
            /** @description No text messages from 21:00 to 07:00, but for what begins before the noon after */
            quiet: boolean;
        };
        Region: {
            code: string;
            name: string;
            path: string;
            /** @enum {string} */
            level: "city" | "county" | "township" | "village";
        };
        /** @enum {string} */
        TeamState: "draft" | "submitted" | "active" | "suspended" | "dissolved";
        CategoryCode: string;
        Team: {
            /** Format: uuid */
            team_id: string;
            name: string;
            region_code: string;
            region_name: string;
            reporting_unit: string;
            /** @description Code; empty: not told */
            category: string;
            category_name: string;
            description: string;
            state: components["schemas"]["TeamState"];
            /** @description Of the last step, to those inside: its people, its founder, officers of its region */
            state_reason?: string;
            /** Format: date-time */
            state_since?: string;
            member_count: number;
            /** @description Came with a roster */
            imported: boolean;
            /** @description People a roster counted without naming them */
            headcount: number;
            /** Format: date-time */
            founded_at: string;
            leader?: components["schemas"]["TeamPerson"];
            /** @description It works and has no leader */
            leaderless?: boolean;
            successor?: components["schemas"]["TeamRef"];
            my_role?: components["schemas"]["MembershipRole"];
            handover?: components["schemas"]["OpenHandover"];
            /** @description What the reader can do with it now */
            may: ("edit" | "submit" | "approve" | "return" | "suspend" | "resume" | "dissolve" | "appoint" | "describe" | "hand_over")[];
        };
        TeamPerson: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
        };
        TeamRef: {
            /** Format: uuid */
            team_id: string;
            name: string;
        };
        OpenHandover: {
            to: components["schemas"]["TeamPerson"];
            /** Format: date-time */
            proposed_at: string;
            offered_to_me: boolean;
        };
        TeamDetails: {
            name: string;
            region_code: string;
            reporting_unit: string;
            category?: components["schemas"]["CategoryCode"];
            description?: string;
        };
        TeamDescription: {
            description: string;
        };
        TeamReason: {
            reason: components["schemas"]["WhyTeam"];
        };
        /** @description For the brigade to read; names no private matter of anybody */
        WhyTeam: string;
        Dissolution: {
            reason: components["schemas"]["WhyTeam"];
            /** Format: uuid */
            successor_id?: string;
        };
        NewHandover: {
            /** Format: uuid */
            volunteer_id: string;
        };
        LeaderAppointment: {
            /** Format: uuid */
            volunteer_id: string;
            reason: components["schemas"]["WhyTeam"];
        };
        PastAct: {
            /** Format: uuid */
            record_id: string;
            /** Format: date-time */
            at: string;
            /** @example team.approved */
            act: string;
            words: components["schemas"]["Words"];
            /** @description Missing: Qihe itself */
            actor_name?: string;
            reason: string;
        };
        ApprovalBatch: {
            team_ids?: string[];
            /** @description Instead of team_ids: all of rosters that wait there */
            region_code?: string;
        };
        Approvals: {
            approved: number;
            /** @description More wait than can be approved at once; ask again */
            more: boolean;
            refused: components["schemas"]["RefusedApproval"][];
        };
        RefusedApproval: {
            /** Format: uuid */
            team_id: string;
            /** @description Missing for what the officer may not see */
            name?: string;
            /** @description As the problem would have if the brigade was to be approved alone */
            code: string;
        };
        TeamCategories: {
            items: components["schemas"]["TeamCategory"][];
        };
        TeamCategory: {
            code: string;
            name: string;
            /**
             * Format: date
             * @description From that day on no brigade can take it; missing: in use
             */
            retired_on?: string;
        };
        CategoryChange: {
            name: string;
            retired: boolean;
        };
        MyTeams: {
            founding: components["schemas"]["FoundingTeam"][];
            offered: components["schemas"]["TeamRef"][];
        };
        FoundingTeam: {
            /** Format: uuid */
            team_id: string;
            name: string;
            state: components["schemas"]["TeamState"];
            /** @description Why it was returned; empty for a first draft */
            reason: string;
        };
        Member: {
            /** Format: uuid */
            membership_id: string;
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            number: string;
            role: components["schemas"]["MembershipRole"];
            phone_masked: string;
            /** @description Made by a roster or a leader; the person has no account yet */
            unclaimed: boolean;
            /** Format: date-time */
            since: string;
        };
        /** @description Why, for the record; it names no private matter of anybody */
        Reason: string;
        RegionView: {
            code: string;
            name: string;
            path: string;
            /** @enum {string} */
            level: "city" | "county" | "township" | "village";
            /** @description Empty for the city */
            parent_code: string;
            /** @example 浚县 · 善堂镇 · 东街村 */
            place: string;
            /** @description Code of the division that this one became part of */
            merged_into?: string;
        };
        /**
         * @description 妇联组织, 妇女之家
         * @enum {string}
         */
        OfficeKind: "federation" | "home";
        NewOffice: {
            kind: components["schemas"]["OfficeKind"];
            name: string;
            region_code: string;
            address: string;
            /** @description The office's, public */
            phone: string;
            /**
             * @description 示范, of a 妇女之家 only; missing: none
             * @enum {string}
             */
            demonstration?: "province" | "city" | "county";
            /** @description Activities can be held here */
            is_venue: boolean;
            /**
             * Format: double
             * @description With the longitude; both missing: not known
             */
            latitude?: number;
            /** Format: double */
            longitude?: number;
        };
        ChangedOffice: {
            kind: components["schemas"]["OfficeKind"];
            name: string;
            region_code: string;
            address: string;
            /** @description The office's, public */
            phone: string;
            /**
             * @description 示范, of a 妇女之家 only; missing: none
             * @enum {string}
             */
            demonstration?: "province" | "city" | "county";
            /** @description Activities can be held here */
            is_venue: boolean;
            /**
             * Format: double
             * @description With the longitude; both missing: not known
             */
            latitude?: number;
            /** Format: double */
            longitude?: number;
            /**
             * Format: int64
             * @description The version that was read
             */
            version: number;
        };
        Office: {
            /** Format: uuid */
            office_id: string;
            kind: components["schemas"]["OfficeKind"];
            name: string;
            region_code: string;
            region_name: string;
            region_path: string;
            address: string;
            phone: string;
            /**
             * @description Missing: none
             * @enum {string}
             */
            demonstration?: "province" | "city" | "county";
            is_venue: boolean;
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
            /** @enum {string} */
            state: "open" | "closed";
            /** Format: int64 */
            version: number;
        };
        Supervision: {
            office: components["schemas"]["Office"];
            /** @description By an officer; otherwise it is the nearest */
            chosen: boolean;
        };
        JustReason: {
            reason: components["schemas"]["Reason"];
        };
        /** @enum {string} */
        StaffRole: "viewer" | "coordinator" | "child_care" | "administrator";
        StaffGrant: {
            /** Format: uuid */
            grant_id: string;
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            number: string;
            role: components["schemas"]["StaffRole"];
            region_code: string;
            region_name: string;
            region_path: string;
            /** Format: date-time */
            from: string;
            /**
             * Format: date-time
             * @description Missing: until it is withdrawn
             */
            until?: string;
            reason: string;
            /** @description Missing: given by whoever installed Qihe */
            given_by_name?: string;
            /** Format: date-time */
            ended_at?: string;
            ended_by_name?: string;
            end_reason?: string;
            /** @enum {string} */
            state: "coming" | "active" | "expired" | "withdrawn";
        };
        NewStaffGrant: {
            /** Format: uuid */
            volunteer_id: string;
            role: components["schemas"]["StaffRole"];
            region_code: string;
            /**
             * Format: date-time
             * @description Missing: from now on
             */
            from?: string;
            /**
             * Format: date-time
             * @description Missing: until it is withdrawn
             */
            until?: string;
            reason: components["schemas"]["Reason"];
        };
        Candidate: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            number: string;
            phone_masked: string;
        };
        /** @enum {string} */
        UnitKind: "county" | "development_zone" | "city_body" | "school" | "firm" | "association" | "other";
        ReportingUnit: {
            name: string;
            kind: components["schemas"]["UnitKind"];
            position: number;
            /** @description New brigades cannot choose it */
            retired: boolean;
        };
        CountedUnit: {
            unit: components["schemas"]["ReportingUnit"];
            /** @description Brigades counted here, dissolved ones left out */
            teams: number;
        };
        NewReportingUnit: {
            name: string;
            kind: components["schemas"]["UnitKind"];
            /** @description Its place in lists and reports */
            position: number;
            reason: components["schemas"]["Reason"];
        };
        UnitAndReason: {
            name: string;
            reason: components["schemas"]["Reason"];
        };
        NewRegistration: {
            phone: string;
            code: string;
            name: string;
            /** @description Where the person is at home */
            region_code: string;
            /** @description The person says to be eighteen or older; else id_number is needed */
            adult: boolean;
            /** @description Of the resident identity card */
            id_number?: string;
        };
        /** @enum {string} */
        IDKind: "resident" | "hk_macao_taiwan" | "passport" | "foreign_resident";
        Correction: {
            name?: string;
            region_code?: string;
            /** @enum {string} */
            sex?: "female" | "male";
            id_kind?: components["schemas"]["IDKind"];
            /** @description Of the paper that id_kind names; of the resident's card without one */
            id_number?: string;
        };
        OfficerCorrection: {
            name?: string;
            region_code?: string;
            /** @enum {string} */
            sex?: "female" | "male";
            id_kind?: components["schemas"]["IDKind"];
            id_number?: string;
            /** @enum {string} */
            reason: "typo" | "paper_shown" | "asked_by_person" | "moved" | "other";
        };
        QualificationKind: {
            code: string;
            name: string;
            /** @description In the list */
            place: number;
            /** @description Can be chosen now */
            offered: boolean;
            /** @description It ends on a day */
            expires: boolean;
            /** @description How long it usually lasts; 0 is as the paper says */
            months: number;
            needs_number: boolean;
            needs_issuer: boolean;
            /** @description A class of the federation may give it to whoever completes it */
            by_class: boolean;
        };
        QualificationKindDraft: {
            name: string;
            place: number;
            offered: boolean;
            expires: boolean;
            months: number;
            needs_number: boolean;
            needs_issuer: boolean;
            /** @description A class of the federation may give it to whoever completes it */
            by_class?: boolean;
        };
        Paper: {
            kind: string;
            issuer?: string;
            number?: string;
            issued_on: string;
            /** @description The last good day; missing is the usual time */
            valid_until?: string;
        };
        /** @enum {string} */
        QualificationState: "claimed" | "confirmed" | "refused" | "withdrawn";
        Qualification: {
            /** Format: uuid */
            qualification_id: string;
            kind: string;
            kind_name: string;
            issuer: string;
            /** @description Empty for none */
            number_masked: string;
            issued_on: string;
            /** @description The last good day; missing is for good */
            valid_until?: string;
            state: components["schemas"]["QualificationState"];
            /** @description By the clock, whatever the state */
            expired: boolean;
            /** Format: date-time */
            claimed_at: string;
            /** Format: date-time */
            decided_at?: string;
            /** @description Why it was refused or withdrawn */
            reason: string;
        };
        Credentials: {
            trainings: components["schemas"]["Training"][];
            honours: components["schemas"]["Honour"][];
            qualifications: components["schemas"]["Qualification"][];
            /** @description Those that can be chosen now */
            kinds: components["schemas"]["QualificationKind"][];
            /** @description Whoever asks may record and decide about them */
            may_decide: boolean;
        };
        TrainingDraft: {
            title: string;
            organiser: string;
            held_on: string;
            minutes: number;
            certificate_number?: string;
        };
        Training: {
            /** Format: uuid */
            training_id: string;
            title: string;
            organiser: string;
            held_on: string;
            minutes: number;
            certificate_number: string;
            withdrawn: boolean;
            /** @description Why it was withdrawn */
            reason: string;
        };
        /** @enum {string} */
        HonourLevel: "nation" | "province" | "city" | "county" | "unit";
        HonourDraft: {
            title: string;
            level: components["schemas"]["HonourLevel"];
            issuer: string;
            awarded_on: string;
            document_number?: string;
        };
        Honour: {
            /** Format: uuid */
            honour_id: string;
            title: string;
            level: components["schemas"]["HonourLevel"];
            issuer: string;
            awarded_on: string;
            document_number: string;
            withdrawn: boolean;
            /** @description Why it was withdrawn */
            reason: string;
        };
        WaitingQualification: {
            qualification: components["schemas"]["Qualification"];
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            /** @description The volunteer number */
            number: string;
            /** @description One of the person's; empty for none */
            team_name: string;
            /** @description It is the asker's own, and somebody else decides */
            mine: boolean;
        };
        QualificationVerdict: {
            qualification_ids: string[];
            /** @enum {string} */
            state: "confirmed" | "refused";
            /** @description The person reads it; needed to refuse */
            reason?: string;
        };
        QualificationVerdicts: {
            decided: number;
            refused: components["schemas"]["RefusedVerdict"][];
        };
        RefusedVerdict: {
            /** Format: uuid */
            qualification_id: string;
            /** @description Of the reason, as a problem would have it */
            code: string;
        };
        Withdrawal: {
            /** @description The person reads it */
            reason?: string;
        };
        NewComplaint: {
            /** Format: uuid */
            team_id: string;
            /** @description A name or a volunteer number of the brigade; missing is the brigade itself */
            person?: string;
            happened: string;
            happened_on: string;
        };
        /** @enum {string} */
        ComplaintState: "received" | "looked_at" | "upheld" | "not_upheld";
        MovedComplaint: {
            /** Format: uuid */
            complaint_id: string;
            state: components["schemas"]["ComplaintState"];
        };
        ComplaintStep: {
            /** @enum {string} */
            state: "looked_at" | "upheld" | "not_upheld";
            /** @description Both sides read it; needed for a decision */
            reason?: string;
        };
        MyComplaint: {
            /** Format: uuid */
            complaint_id: string;
            team_name: string;
            /** @description I sent it; else it was about me */
            mine: boolean;
            /** @description As I typed it */
            person?: string;
            /** @description As I typed it */
            happened?: string;
            happened_on?: string;
            /** Format: date-time */
            received_at?: string;
            /** Format: date-time */
            decided_at?: string;
            state: components["schemas"]["ComplaintState"];
            /** @description Of the decision */
            reason: string;
        };
        Complaint: {
            /** Format: uuid */
            complaint_id: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /**
             * Format: uuid
             * @description Whom it is about, when one person of the brigade was meant
             */
            volunteer_id?: string;
            name?: string;
            /** @description Who was meant, as it was typed */
            person_word: string;
            /** Format: uuid */
            complainer_id: string;
            complainer_name: string;
            happened: string;
            happened_on: string;
            /** Format: date-time */
            received_at: string;
            state: components["schemas"]["ComplaintState"];
        };
        MySkills: {
            skills: string[];
            /** @description Three bits a day (morning, afternoon, evening) from Monday morning, bit 0, to Sunday evening, bit 20 */
            slots: number;
        };
        Skill: {
            code: string;
            name: string;
            place: number;
            offered: boolean;
        };
        SkillDraft: {
            name: string;
            place: number;
            /** @description False when it can no longer be chosen */
            offered: boolean;
        };
        /** @enum {string} */
        VolunteerState: "unclaimed" | "active" | "waiting" | "merged" | "erased";
        ListedVolunteer: {
            /** Format: uuid */
            volunteer_id: string;
            number: string;
            name: string;
            state: components["schemas"]["VolunteerState"];
            minor: boolean;
            phone_masked: string;
            /** @description Home; empty when not told */
            region_name: string;
            /** @description At most three */
            team_names: string[];
        };
        VolunteerRecord: {
            /** Format: uuid */
            volunteer_id: string;
            number: string;
            name: string;
            state: components["schemas"]["VolunteerState"];
            /**
             * Format: uuid
             * @description Whose record this one is part of now
             */
            merged_into?: string;
            phone_masked: string;
            id_kind?: components["schemas"]["IDKind"];
            id_masked: string;
            /** @enum {string} */
            sex: "" | "female" | "male";
            region?: components["schemas"]["Region"];
            minor: boolean;
            /**
             * Format: date
             * @description A minor's eighteenth birthday
             */
            adult_on?: string;
            board_consent: boolean;
            /** Format: date-time */
            joined_at: string;
            memberships: components["schemas"]["MyMembership"][];
            skills: string[];
            slots: number;
            guardian_consents: components["schemas"]["GuardianConsent"][];
            /** @description For officers */
            history: components["schemas"]["HistoryLine"][];
            /** @description Whoever asks may correct the record */
            may_correct: boolean;
        };
        GuardianConsent: {
            /** @example 李** */
            guardian_masked: string;
            phone_masked: string;
            relation: components["schemas"]["Relation"];
            form_number: string;
            /** @description The place where the paper is kept */
            archived_at: string;
            text_version: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            withdrawn_at?: string;
        };
        /** @enum {string} */
        Relation: "mother" | "father" | "grandparent" | "other";
        NewGuardianConsent: {
            guardian_name: string;
            guardian_phone: string;
            relation: components["schemas"]["Relation"];
            form_number: string;
            archived_at: string;
        };
        HistoryLine: {
            /** Format: date-time */
            at: string;
            act: string;
            words: components["schemas"]["Words"];
            /** @description Empty for Qihe itself */
            actor_name: string;
            reason: string;
        };
        Reading: {
            /** @enum {string} */
            purpose: "contact" | "verify" | "certificate" | "correction" | "duplicate" | "complaint";
        };
        FullRecord: {
            phone: string;
            id_kind?: components["schemas"]["IDKind"];
            /** @description Empty for a leader */
            id_number: string;
            guardian_name?: string;
            guardian_phone?: string;
        };
        Merge: {
            /**
             * Format: uuid
             * @description The record that goes
             */
            gone_id: string;
            /** @enum {string} */
            reason: "registered_twice" | "roster_and_own" | "wrong_phone" | "other";
        };
        Double: {
            volunteer: components["schemas"]["ListedVolunteer"];
            /** @description What speaks for one person; from phones_differ on against it. papers_differ decides it */
            signs: ("same_name" | "sounds_alike" | "same_team" | "same_home" | "phone_alike" | "same_birthday" | "one_unclaimed" | "phones_differ" | "sexes_differ" | "papers_differ")[];
        };
        VolunteerSearch: {
            /** @description Part of a name, initials of its pinyin, a volunteer number, or a whole phone number */
            q?: string;
            /** @description Code of a division; all of mine without */
            region?: string;
            /**
             * @description minor: whoever is not yet eighteen, in any state
             * @enum {string}
             */
            state?: "unclaimed" | "waiting" | "active" | "minor";
            /** Format: uuid */
            team?: string;
            /** @description 50 without */
            limit?: number;
            /** @description next of the page before */
            after?: string;
        };
        MemberSearch: {
            /** @description Part of a name, its pinyin initials or a volunteer number */
            q: string;
            /** @description 50 without */
            limit?: number;
            /** @description next of the page before */
            after?: string;
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            next?: string;
        };
        NewTeamPerson: {
            name: string;
            phone?: string;
            id_number?: string;
            /** @description The person has agreed to it */
            agreed: boolean;
            guardian?: components["schemas"]["NewGuardianConsent"];
        };
        Problem: {
            type: string;
            /** @description The sentence to show */
            title: string;
            status: number;
            /** @description Stable */
            code: string;
            request_id?: string;
            fields?: {
                /** @description The input, as the request calls it: shifts[0].capacity */
                name: string;
                code: string;
                message: string;
            }[];
        };
        Words: {
            zh: string;
            en: string;
        };
        ExportWish: {
            /** @enum {string} */
            format: "xlsx" | "json";
        };
        Erasure: {
            /** @description Where the code goes; empty: there is no phone, and the office does it on paper */
            phone_masked: string;
            /** @description To be handed over first */
            leads: components["schemas"]["MyMembership"][];
        };
        EraseWish: {
            code: string;
            /** @description 注销 */
            word: string;
        };
        ErasePerson: {
            /** @description Where the written request is; names nobody */
            reason: string;
        };
        ActName: {
            act: string;
            words: components["schemas"]["Words"];
        };
        Access: {
            /** Format: date-time */
            at: string;
            act: string;
            what: components["schemas"]["Words"];
            /** @description Empty: Qihe itself, at a date that was due */
            who: string;
            /**
             * @description Authority of that moment; missing: none
             * @enum {string}
             */
            role?: "viewer" | "coordinator" | "child_care" | "administrator";
            /** @description Where that authority counts */
            region_name?: string;
            /** @description The team they lead that I am in; missing: none */
            team_name?: string;
            reason: string;
        };
        AuditLine: {
            /** Format: uuid */
            record_id: string;
            /** Format: date-time */
            at: string;
            act: string;
            what: components["schemas"]["Words"];
            /** @description Empty: Qihe itself, at a date that was due */
            who: string;
            who_number?: string;
            /** @description Whose data it was; missing when not one person's */
            person?: string;
            person_number?: string;
            subject_kind: string;
            /** @description What the thing is called, as far as it has a name of its own */
            subject?: string;
            reason: string;
        };
        /** @enum {string} */
        MembershipState: "applied" | "invited" | "active" | "declined" | "ended";
        Settled: {
            /** Format: uuid */
            membership_id: string;
            /** Format: uuid */
            team_id: string;
            role: components["schemas"]["MembershipRole"];
            state: components["schemas"]["MembershipState"];
        };
        NewApplication: {
            /** @description A short word to the leader */
            word?: string;
        };
        Applicant: {
            /** Format: uuid */
            membership_id: string;
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            number: string;
            phone_masked: string;
            word: string;
            /** Format: date-time */
            requested_at: string;
        };
        NewInvitation: {
            /** @description A volunteer number or a phone */
            to: string;
            word?: string;
        };
        Invitation: {
            /** Format: uuid */
            invitation_id: string;
            /**
             * @description As typed, masked
             * @example 138****5678
             */
            sent_to: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            expires_at: string;
        };
        Decline: {
            /** @description The applicant reads it */
            reason?: string;
        };
        Removal: {
            /** @description The member reads it */
            reason: string;
        };
        NewRole: {
            /** @enum {string} */
            role: "member" | "deputy";
        };
        FullPhone: {
            phone: string;
        };
        OwnMembership: {
            /** Format: uuid */
            membership_id: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            role: components["schemas"]["MembershipRole"];
            state: components["schemas"]["MembershipState"];
            /**
             * Format: date-time
             * @description When it began; before that, when it was asked for
             */
            since: string;
            /** @description What was said with an application or an invitation */
            word?: string;
            /**
             * Format: date-time
             * @description Until when an invitation can be accepted
             */
            expires_at?: string;
            /** @enum {string} */
            ending?: "declined" | "withdrawn" | "expired" | "left" | "removed" | "dissolved" | "merged" | "erased";
            reason?: string;
            /**
             * Format: date-time
             * @description When it ended, or was declined
             */
            over_at?: string;
            /**
             * Format: date-time
             * @description Until when a removal can be appealed; only while nothing was asked
             */
            appeal_until?: string;
            appeal_state?: components["schemas"]["AppealState"];
            /** @description Why the office decided so */
            appeal_reason?: string;
        };
        NewJoinCode: {
            /** @description How long it is good for */
            hours: number;
        };
        JoinCode: {
            /** Format: uuid */
            join_code_id: string;
            /** @description Opened at /j/{code} */
            code: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @description People who joined by it */
            uses: number;
        };
        JoinCodeText: {
            code: string;
        };
        OpenedJoinCode: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** Format: date-time */
            expires_at: string;
            /** @description False: expired, withdrawn, or of before a handover */
            counts: boolean;
            /** @description Whoever asks is in the brigade already */
            member: boolean;
        };
        NewAppeal: {
            word?: string;
        };
        /** @enum {string} */
        AppealState: "open" | "upheld" | "reversed";
        DecidedAppeal: {
            /** Format: uuid */
            appeal_id: string;
            state: components["schemas"]["AppealState"];
        };
        AppealDecision: {
            /** @enum {string} */
            state: "upheld" | "reversed";
            /** @description Both sides read it */
            reason: string;
        };
        Appeal: {
            /** Format: uuid */
            appeal_id: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @description Who was removed */
            name: string;
            number: string;
            word: string;
            /** Format: date-time */
            requested_at: string;
            remover_name: string;
            /** Format: date-time */
            removed_at: string;
            removal_reason: string;
            /** @description Whoever asks is concerned, and somebody else decides */
            mine: boolean;
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
        ImportID: string;
        VolunteerID: string;
        /** @description Code of the division; 4106 is the city */
        RegionCode: string;
        OfficeID: string;
        TeamID: string;
        MembershipID: string;
        /** @description Made by the client; the same key gives the same answer for 7 days */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createSignInCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSignInCode"];
            };
        };
        responses: {
            /** @description If the number is known, a message is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInCode"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest used first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Session"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"];
            };
        };
        responses: {
            /** @description Signed in */
            201: {
                headers: {
                    /** @description The opaque session secret; the portal keeps it in its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None of my sessions counts any more */
            204: {
                headers: {
                    /** @description Empty: the portal drops its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It counts no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteCurrentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out everywhere this session was used */
            204: {
                headers: {
                    /** @description Empty: the portal drops its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getSharedPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody, when it is not shared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedPhone"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endSharing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It keeps nobody */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    keepOnPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPin"];
            };
        };
        responses: {
            /** @description Kept; the session goes on as one of a shared phone */
            204: {
                headers: {
                    /** @description The opaque session secret; the portal keeps it in its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    leavePhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does not keep me */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    switchPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Switch"];
            };
        };
        responses: {
            /** @description Signed in for half a day; whoever was before is no longer */
            201: {
                headers: {
                    /** @description The opaque session secret; the portal keeps it in its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openClaimLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimSecret"];
            };
        };
        responses: {
            /** @description Whose records it leads to, with masked names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenClaimLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    claimVolunteer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Claimant"];
            };
        };
        responses: {
            /** @description Claimed and signed in */
            201: {
                headers: {
                    /** @description The opaque session secret; the portal keeps it in its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createTeamClaimLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link; its secret is told this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createClaimLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link; its secret is told this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSecurity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No secret is told again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Security"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPasskeyOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What navigator.credentials.create is called with, good for five minutes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasskey"];
            };
        };
        responses: {
            /** @description Kept; this session is proved by it. With a first factor come the recovery codes */
            201: {
                headers: {
                    /** @description The portal looks the session up again */
                    "Qihe-Session-Changed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deletePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It proves nothing any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    createTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The secret is told this once, and counts when a code came back */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTotp"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its codes prove nothing any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description In use; this session is proved by it. With a first factor come the recovery codes */
            200: {
                headers: {
                    /** @description The portal looks the session up again */
                    "Qihe-Session-Changed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Told this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createStepUpOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What navigator.credentials.get is called with, good for five minutes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    stepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            /** @description Proved, for twelve hours */
            204: {
                headers: {
                    /** @description The portal looks the session up again */
                    "Qihe-Session-Changed"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listPhoneChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most ten, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PhoneChange"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPhoneChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    phone: string;
                };
            };
        };
        responses: {
            /** @description It waits for the number to prove itself */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneChange"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    undoPhoneChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                phone_change_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Names nobody */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Everybody is signed out who came in with either number */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    resetSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Names nobody */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The person is signed out everywhere and enrols anew */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed-in person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putBoardConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BoardConsent"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyConsents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every purpose, each by itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose: components["schemas"]["Purpose"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentAnswer"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listNotices: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notice"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countUnreadNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most 100, which stands for more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadUpTo"];
            };
        };
        responses: {
            /** @description How many are left */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getNoticePreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As kept, or as at first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePreferences"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putNoticePreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticePreferences"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePreferences"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRegions: {
        parameters: {
            query: {
                /** @description Code of the parent; 4106 is the city */
                parent: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In order of their codes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Region"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRegion: {
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
                "application/json": {
                    parent_code: string;
                    /** @description The statistical code: 9 digits for a township, 12 for a village */
                    code: string;
                    name: string;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code of the division; 4106 is the city */
                code: components["parameters"]["RegionCode"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The division; one that became part of another too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renameRegion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Code of the division; 4106 is the city */
                code: components["parameters"]["RegionCode"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description Renamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    moveRegion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Code of the division; 4106 is the city */
                code: components["parameters"]["RegionCode"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    parent_code: string;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description Moved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mergeRegion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Code of the division; 4106 is the city */
                code: components["parameters"]["RegionCode"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    into_code: string;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description The division as it was, with merged_into */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    searchRegions: {
        parameters: {
            query: {
                /** @description 善堂, st, xx */
                q: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The likeliest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RegionView"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listOffices: {
        parameters: {
            query?: {
                /** @description Missing: everywhere */
                region?: string;
                kind?: components["schemas"]["OfficeKind"];
                state?: "open" | "closed";
                /** @description Part of the name, in characters or pinyin initials */
                q?: string;
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description From the city down, federations first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Office"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createOffice: {
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
                "application/json": components["schemas"]["NewOffice"];
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Office"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOffice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                office_id: components["parameters"]["OfficeID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The office */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Office"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putOffice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                office_id: components["parameters"]["OfficeID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedOffice"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Office"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reopenOffice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                office_id: components["parameters"]["OfficeID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JustReason"];
            };
        };
        responses: {
            /** @description Open */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Office"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    closeOffice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                office_id: components["parameters"]["OfficeID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JustReason"];
            };
        };
        responses: {
            /** @description Closed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Office"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTeamOffice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chosen office, or else the nearest federation up the tree */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supervision"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTeamOffice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Missing: the nearest federation
                     */
                    office_id?: string;
                };
            };
        };
        responses: {
            /** @description Chosen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supervision"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReportingUnits: {
        parameters: {
            query?: {
                /** @description all: retired ones come too */
                state?: "current" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CountedUnit"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createReportingUnit: {
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
                "application/json": components["schemas"]["NewReportingUnit"];
            };
        };
        responses: {
            /** @description Added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportingUnit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renameReportingUnit: {
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
                "application/json": {
                    name: string;
                    new_name: string;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description Renamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportingUnit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    retireReportingUnit: {
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
                "application/json": components["schemas"]["UnitAndReason"];
            };
        };
        responses: {
            /** @description Retired */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportingUnit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    restoreReportingUnit: {
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
                "application/json": components["schemas"]["UnitAndReason"];
            };
        };
        responses: {
            /** @description Restored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportingUnit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listStaffGrants: {
        parameters: {
            query: {
                region: string;
                /** @description current: what counts, or will; over: what was */
                state?: "current" | "over";
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StaffGrant"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createStaffGrant: {
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
                "application/json": components["schemas"]["NewStaffGrant"];
            };
        };
        responses: {
            /** @description Given */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffGrant"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawStaffGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JustReason"];
            };
        };
        responses: {
            /** @description Withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffGrant"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    findGrantCandidate: {
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
                "application/json": {
                    /** @description A volunteer number or a phone */
                    typed: string;
                };
            };
        };
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Candidate"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTeams: {
        parameters: {
            query?: {
                /** @description Characters of the name, or initials of its pinyin */
                q?: string;
                /** @description A division and all below it */
                region?: string;
                state?: components["schemas"]["TeamState"];
                category?: components["schemas"]["CategoryCode"];
                /** @description Only those that work and have no leader */
                leaderless?: "only";
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name, in the order of pinyin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Team"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createTeam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamDetails"];
            };
        };
        responses: {
            /** @description Drafted */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The brigade */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamDetails"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTeamDescription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamDescription"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    submitTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    approveTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    returnTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamReason"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    suspendTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamReason"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resumeTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamReason"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    dissolveTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Dissolution"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTeamLeader: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeaderAppointment"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createHandover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHandover"];
            };
        };
        responses: {
            /** @description Waits for the member */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteHandover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is none any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptHandover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    declineHandover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Said */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listTeamHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PastAct"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    approveTeams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalBatch"];
            };
        };
        responses: {
            /** @description What became of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approvals"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTeamCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamCategories"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putTeamCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: components["schemas"]["CategoryCode"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryChange"];
            };
        };
        responses: {
            /** @description The whole list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamCategories"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyTeams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mine */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyTeams"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leader first, then deputies, then members by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    searchMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberSearch"];
            };
        };
        responses: {
            /** @description Leader first, then deputies, then members by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportWish"];
            };
        };
        responses: {
            /** @description A workbook for people or JSON for programs */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyErasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing to hand over, or what */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createErasureCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A message is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInCode"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    eraseMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseWish"];
            };
        };
        responses: {
            /** @description Gone, and signed out everywhere */
            204: {
                headers: {
                    /** @description Empty: the portal drops its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    eraseVolunteer: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                volunteer_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasePerson"];
            };
        };
        responses: {
            /** @description Gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyAccesses: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first; what the person did alone is left out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Access"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                act?: string;
                /** @description 志愿者编号 of who did it or whose data it was */
                number?: string;
                from?: string;
                /** @description The first instant no longer */
                until?: string;
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditLine"][];
                        acts: components["schemas"]["ActName"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listApplications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has waited longest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Applicant"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApplication"];
            };
        };
        responses: {
            /** @description Where the membership stands now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description If somebody has the number, she finds the invitation under 我的队伍 */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyMemberships: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invitations first, then applications, teams, and what is over */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnMembership"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    approveMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    declineMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decline"];
            };
        };
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    leaveMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Removal"];
            };
        };
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putMembershipRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description Where the membership stands now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readMemberPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number; it is not to be kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FullPhone"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRegistrationCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSignInCode"];
            };
        };
        responses: {
            /** @description A message is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInCode"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRegistration"];
            };
        };
        responses: {
            /** @description Signed in */
            201: {
                headers: {
                    /** @description The opaque session secret; the portal keeps it in its cookie */
                    "Qihe-Session"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record, numbers masked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    patchMyProfile: {
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
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            /** @description Corrected */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putMySkills: {
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
                "application/json": components["schemas"]["MySkills"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listQualificationKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["QualificationKind"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putQualificationKind: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QualificationKindDraft"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QualificationKind"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createMyQualification: {
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
                "application/json": components["schemas"]["Paper"];
            };
        };
        responses: {
            /** @description It waits */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createQualification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Paper"];
            };
        };
        responses: {
            /** @description Confirmed */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listQualifications: {
        parameters: {
            query: {
                region: string;
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has waited longest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WaitingQualification"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideQualifications: {
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
                "application/json": components["schemas"]["QualificationVerdict"];
            };
        };
        responses: {
            /** @description What became of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QualificationVerdicts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawQualification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                qualification_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description Of the person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readQualification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                qualification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createTraining: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingDraft"];
            };
        };
        responses: {
            /** @description Recorded */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawTraining: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                training_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description Of the person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createHonour: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HonourDraft"];
            };
        };
        responses: {
            /** @description Recorded */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawHonour: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                honour_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description Of the person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listComplaints: {
        parameters: {
            query: {
                region: string;
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has waited longest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Complaint"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createComplaint: {
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
                "application/json": components["schemas"]["NewComplaint"];
            };
        };
        responses: {
            /** @description Received */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovedComplaint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyComplaints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MyComplaint"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                complaint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComplaintStep"];
            };
        };
        responses: {
            /** @description Where it stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovedComplaint"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listSkills: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Skill"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putSkill: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkillDraft"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Skill"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    searchVolunteers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolunteerSearch"];
            };
        };
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedVolunteer"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getVolunteer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
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
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    patchVolunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfficerCorrection"];
            };
        };
        responses: {
            /** @description Corrected */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readVolunteer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reading"];
            };
        };
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FullRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createGuardianConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGuardianConsent"];
            };
        };
        responses: {
            /** @description Recorded; who waited for it is let in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawGuardianConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Withdrawn; the minor waits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mergeVolunteers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Merge"];
            };
        };
        responses: {
            /** @description The record that stays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerRecord"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDoubles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The likeliest first, at most twenty */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Double"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOutVolunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    reason: "lost_phone" | "others_phone" | "asked_by_person" | "other";
                };
            };
        };
        responses: {
            /** @description None of their sessions counts any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listVolunteerConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every purpose, each by itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putVolunteerConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
                purpose: components["schemas"]["Purpose"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentAnswer"];
            };
        };
        responses: {
            /** @description Kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createTeamPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTeamPerson"];
            };
        };
        responses: {
            /** @description Registered, unclaimed, and in the team */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        volunteer_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can no longer be accepted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listJoinCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["JoinCode"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createJoinCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewJoinCode"];
            };
        };
        responses: {
            /** @description The code; several people may use it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinCode"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteJoinCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
                join_code_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It takes in nobody any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openJoinCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinCodeText"];
            };
        };
        responses: {
            /** @description The brigade, and whether the code counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedJoinCode"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    useJoinCode: {
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
                "application/json": components["schemas"]["JoinCodeText"];
            };
        };
        responses: {
            /** @description In */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settled"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createAppeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                membership_id: components["parameters"]["MembershipID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAppeal"];
            };
        };
        responses: {
            /** @description The office decides */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedAppeal"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAppeals: {
        parameters: {
            query: {
                region: string;
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has waited longest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Appeal"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideAppeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                appeal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppealDecision"];
            };
        };
        responses: {
            /** @description Decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedAppeal"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                limit?: number;
                /** @description next of the page before */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped ones are left out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createImport: {
        parameters: {
            query: {
                /** @description The file's name */
                name: string;
                team_id?: string;
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
            /** @description Taken in; it is judged in a moment */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    discardImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getMarkedRoster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An xlsx */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    applyImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyImport"];
            };
        };
        responses: {
            /** @description It is applied in a moment */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRosterTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An xlsx */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            /** @description An xlsx or a CSV */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putMyCard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The card that counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    printMyCard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A PDF */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    printCards: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: components["parameters"]["TeamID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CardHolders"];
            };
        };
        responses: {
            /** @description A PDF */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceCard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                volunteer_id: components["parameters"]["VolunteerID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The old card is void */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    openCard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CardToken"];
            };
        };
        responses: {
            /** @description As much as the asker may know */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedCard"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest two hundred, and the last that were carried out after all */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    redriveDeadLetters: {
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
                "application/json": components["schemas"]["DeadLetterChoice"];
            };
        };
        responses: {
            /** @description They are asked for */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
}
