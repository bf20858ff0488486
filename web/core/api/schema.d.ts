// Made from the server’s code by `npm run schema`; do not edit.
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Stable and translatable. */
            code: string;
            params?: Record<string, never>;
            /** @description JSON pointer into the request → what is wrong there. */
            fields?: {
                [key: string]: components["schemas"]["FieldProblem"];
            };
            trace: string;
        };
        FieldProblem: {
            /** @description Stable and translatable. */
            code: string;
            detail: string;
            params?: Record<string, never>;
        };
        /**
         * AccountChange
         * @description The caller's name or address; a new address needs *current*, the password.
         */
        AccountChange: {
            /** Name */
            name?: string | null;
            /** Email */
            email?: string | null;
            /**
             * Current
             * Format: password
             * @default
             */
            current?: string;
        };
        /**
         * ConnectionOfMe
         * @description How this request came here.
         */
        ConnectionOfMe: {
            /** Encrypted */
            encrypted: boolean;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /**
         * InvitationAccept
         * @description A name and a password for the new account.
         */
        InvitationAccept: {
            /**
             * Token
             * Format: password
             */
            token: string;
            /** Name */
            name: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * InvitationCreate
         * @description Who is invited, and whether to look after the server.
         */
        InvitationCreate: {
            /** Email */
            email: string;
            /**
             * Admin
             * @default false
             */
            admin?: boolean;
        };
        /**
         * InvitationCreated
         * @description An invitation just made; *token* is shown this once. The link is `/join#token=…`.
         */
        InvitationCreated: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /** Admin */
            admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Token */
            token: string;
        };
        /**
         * InvitationList
         * @description A page of invitations.
         */
        InvitationList: {
            /** Items */
            items: components["schemas"]["InvitationRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * InvitationRead
         * @description An invitation that was not accepted yet.
         */
        InvitationRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /** Admin */
            admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
        };
        /**
         * InvitationShown
         * @description What whoever holds the link is told.
         */
        InvitationShown: {
            /** Email */
            email: string;
            /** Admin */
            admin: boolean;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
        };
        /**
         * KeyCreate
         * @description A new API key.
         */
        KeyCreate: {
            /** Name */
            name: string;
            /** Scopes */
            scopes: ("inference" | "read" | "write" | "admin")[];
            /** Expires At */
            expires_at?: string | null;
        };
        /**
         * KeyCreated
         * @description An API key just made; *key* is shown this once.
         */
        KeyCreated: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /** Prefix */
            prefix: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Last Used At */
            last_used_at: string | null;
            /** Key */
            key: string;
        };
        /**
         * KeyList
         * @description The caller's keys.
         */
        KeyList: {
            /** Items */
            items: components["schemas"]["KeyRead"][];
            /** Next */
            next?: null;
        };
        /**
         * KeyRead
         * @description An API key, without the key itself.
         */
        KeyRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /** Prefix */
            prefix: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Last Used At */
            last_used_at: string | null;
        };
        /**
         * LinkToken
         * @description What stands behind the `#` of a link.
         */
        LinkToken: {
            /**
             * Token
             * Format: password
             */
            token: string;
        };
        /**
         * MeRead
         * @description Who asks, where and how.
         */
        MeRead: {
            user: components["schemas"]["UserRead"];
            workspace: components["schemas"]["WorkspaceOfMe"];
            connection: components["schemas"]["ConnectionOfMe"];
            preferences: components["schemas"]["PreferencesRead"];
        };
        /**
         * PasswordChange
         * @description The present password and the new one.
         */
        PasswordChange: {
            /**
             * Current
             * Format: password
             */
            current: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * PasswordReset
         * @description The new password.
         */
        PasswordReset: {
            /**
             * Token
             * Format: password
             */
            token: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * PersonChange
         * @description Whether someone looks after the server.
         */
        PersonChange: {
            /** Admin */
            admin: boolean;
        };
        /**
         * PersonList
         * @description A page of people.
         */
        PersonList: {
            /** Items */
            items: components["schemas"]["PersonRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * PersonRead
         * @description Someone who may sign in. *sessions* counts open ones.
         */
        PersonRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /** Name */
            name: string;
            /** Admin */
            admin: boolean;
            /** Suspended */
            suspended: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Seen At */
            last_seen_at: string | null;
            /** Sessions */
            sessions: number;
        };
        /**
         * PreferencesChange
         * @description What shall be other; `null` returns to the default.
         */
        PreferencesChange: {
            /** Theme */
            theme?: ("system" | "light" | "dark") | null;
            /** Density */
            density?: ("comfortable" | "compact") | null;
            /** Language */
            language?: string | null;
            /** Shortcuts On */
            shortcuts_on?: boolean | null;
            /** Shortcuts */
            shortcuts?: {
                [key: string]: string;
            } | null;
        };
        /**
         * PreferencesRead
         * @description What counts for the caller.
         */
        PreferencesRead: {
            /**
             * Theme
             * @enum {string}
             */
            theme: "system" | "light" | "dark";
            /**
             * Density
             * @enum {string}
             */
            density: "comfortable" | "compact";
            /** Language */
            language: string;
            /** Shortcuts On */
            shortcuts_on: boolean;
            /** Shortcuts */
            shortcuts: {
                [key: string]: string;
            };
        };
        /**
         * Proof
         * @description The caller's own password.
         */
        Proof: {
            /**
             * Current
             * Format: password
             */
            current: string;
        };
        /**
         * RecoveryCreated
         * @description A recovery key, shown this once.
         */
        RecoveryCreated: {
            /** Recovery Key */
            recovery_key: string;
        };
        /**
         * RecoveryRead
         * @description Whether there is a recovery key that somebody keeps safe.
         */
        RecoveryRead: {
            /**
             * State
             * @enum {string}
             */
            state: "none" | "unsaved" | "saved";
        };
        /**
         * ResetLink
         * @description A link to choose a new password; *token* is shown this once. The link is `/reset#token=…`.
         */
        ResetLink: {
            /** Token */
            token: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
        };
        /**
         * SessionList
         * @description The caller's sessions.
         */
        SessionList: {
            /** Items */
            items: components["schemas"]["SessionRead"][];
            /** Next */
            next?: null;
        };
        /**
         * SessionOfPerson
         * @description A signed-in browser of someone's.
         */
        SessionOfPerson: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /** User Agent */
            user_agent: string;
        };
        /**
         * SessionRead
         * @description A signed-in browser.
         */
        SessionRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /** User Agent */
            user_agent: string;
            /** Current */
            current: boolean;
        };
        /**
         * SessionsOfPerson
         * @description Someone's signed-in browsers.
         */
        SessionsOfPerson: {
            /** Items */
            items: components["schemas"]["SessionOfPerson"][];
            /** Next */
            next?: null;
        };
        /**
         * SetupDoneRead
         * @description Who is signed in now, and the recovery key, shown this once.
         */
        SetupDoneRead: {
            user: components["schemas"]["UserRead"];
            /** Recovery Key */
            recovery_key: string;
        };
        /**
         * SetupRead
         * @description Whether the server is still to be set up.
         */
        SetupRead: {
            /**
             * State
             * @enum {string}
             */
            state: "open" | "done";
        };
        /**
         * SetupRun
         * @description The first administrator; *token* comes with the one-time link.
         */
        SetupRun: {
            /**
             * Token
             * Format: password
             */
            token: string;
            /** Name */
            name: string;
            /** Email */
            email: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * SignIn
         * @description Email and password.
         */
        SignIn: {
            /** Email */
            email: string;
            /**
             * Password
             * Format: password
             */
            password: string;
        };
        /**
         * SignedInRead
         * @description Who is signed in now.
         */
        SignedInRead: {
            user: components["schemas"]["UserRead"];
        };
        /**
         * UserRead
         * @description A person.
         */
        UserRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /** Name */
            name: string;
            /** Admin */
            admin: boolean;
        };
        /** ValidationError */
        ValidationError: {
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
            /** Input */
            input?: unknown;
            /** Context */
            ctx?: Record<string, never>;
        };
        /**
         * WorkspaceOfMe
         * @description The workspace this request was made in.
         */
        WorkspaceOfMe: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * Accepted
         * @description What was stored before this was said. The answer is being written; follow its run's events.
         */
        Accepted: {
            answer: components["schemas"]["MessageRead"];
            run: components["schemas"]["RunRead"];
            message?: components["schemas"]["MessageRead"] | null;
            conversation?: components["schemas"]["ConversationRead"] | null;
        };
        /**
         * BulkChange
         * @description The same change to many conversations. *update* takes the fields below that are given, as `PATCH` of one does.
         */
        BulkChange: {
            /** Ids */
            ids: string[];
            /**
             * Action
             * @enum {string}
             */
            action: "update" | "delete" | "restore" | "delete_for_ever";
            /** Folder Id */
            folder_id?: string | null;
            /** Pinned */
            pinned?: boolean | null;
            /** Archived */
            archived?: boolean | null;
        };
        /**
         * BulkItem
         * @description What became of one of many: the *status* a request of its own would have had, and why it was refused.
         */
        BulkItem: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Status */
            status: number;
            error?: components["schemas"]["Fault"] | null;
        };
        /**
         * BulkResult
         * @description A result for each id, in the order they were given.
         */
        BulkResult: {
            /** Items */
            items: components["schemas"]["BulkItem"][];
        };
        /**
         * ConversationCreate
         * @description A new conversation, with or without its first message.
         */
        ConversationCreate: {
            /**
             * Title
             * @default
             */
            title?: string;
            /** Model */
            model?: string | null;
            message?: components["schemas"]["FirstMessage"] | null;
        };
        /**
         * ConversationPage
         * @description Conversations, the most recently used first; *next* leads to older ones.
         */
        ConversationPage: {
            /** Items */
            items: components["schemas"]["ConversationRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * ConversationRead
         * @description A conversation without its messages.
         */
        ConversationRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Title */
            title: string;
            /** Model */
            model: string;
            /** Active Message Id */
            active_message_id: string | null;
            /** Active Run Id */
            active_run_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Title By
             * @default words
             * @enum {string}
             */
            title_by?: "words" | "model" | "person";
            /** Folder Id */
            folder_id?: string | null;
            /**
             * Pinned
             * @default false
             */
            pinned?: boolean;
            /**
             * Archived
             * @default false
             */
            archived?: boolean;
            /** Deleted At */
            deleted_at?: string | null;
        };
        /**
         * ConversationUpdate
         * @description JSON Merge Patch. *active_message_id* shows the branch through that message, down to its newest end;
         *     a *folder_id* of `null` takes it out of its folder.
         */
        ConversationUpdate: {
            /** Title */
            title?: string | null;
            /** Active Message Id */
            active_message_id?: string | null;
            /** Folder Id */
            folder_id?: string | null;
            /** Pinned */
            pinned?: boolean | null;
            /** Archived */
            archived?: boolean | null;
        };
        /**
         * ConversationUsage
         * @description Tokens and cost of a conversation, with all branches and attempts: by model, and what it cost altogether.
         */
        ConversationUsage: {
            /** Items */
            items: components["schemas"]["ModelUsage"][];
            /** Unpriced */
            unpriced: number;
            /** Costs */
            costs: components["schemas"]["CostRead"][];
        };
        /**
         * CostRead
         * @description An amount of money: a decimal text of *currency*.
         */
        CostRead: {
            /** Amount */
            amount: string;
            /** Currency */
            currency: string;
        };
        /**
         * Created
         * @description A new conversation.
         */
        Created: {
            conversation: components["schemas"]["ConversationRead"];
        };
        /**
         * ErrorPart
         * @description Why the answer ends here.
         */
        ErrorPart: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Index */
            index: number;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Type
             * @default error
             * @constant
             */
            type?: "error";
        };
        /**
         * ExportRequest
         * @description Which conversations.
         */
        ExportRequest: {
            /** Ids */
            ids: string[];
        };
        /**
         * Fault
         * @description Why a run did not succeed: a stable code, and a sentence that says what is safe and what to do.
         */
        Fault: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * FirstMessage
         * @description The message a conversation begins with.
         */
        FirstMessage: {
            /** Parts */
            parts: components["schemas"]["TextInput"][];
            /** Model */
            model?: string | null;
        };
        /**
         * FolderCreate
         * @description A new folder.
         */
        FolderCreate: {
            /** Name */
            name: string;
        };
        /**
         * FolderPage
         * @description Folders by name.
         */
        FolderPage: {
            /** Items */
            items: components["schemas"]["FolderRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * FolderRead
         * @description A folder of conversations.
         */
        FolderRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * FolderUpdate
         * @description JSON Merge Patch.
         */
        FolderUpdate: {
            /** Name */
            name?: string | null;
        };
        /**
         * ImportRequest
         * @description Some of the conversations of a file.
         */
        ImportRequest: {
            /**
             * Format
             * @constant
             */
            format: "modulon.conversations";
            /**
             * Version
             * @constant
             */
            version: 1;
            /** Exported At */
            exported_at?: string | null;
            /** Conversations */
            conversations: components["schemas"]["PortableConversation"][];
        };
        /**
         * ImportResult
         * @description A result for each conversation, in the order of the file.
         */
        ImportResult: {
            /** Items */
            items: components["schemas"]["Imported"][];
        };
        /**
         * Imported
         * @description What became of one: made anew under *id*, or `known`: it was here already and is left as it is.
         */
        Imported: {
            /**
             * Origin
             * Format: uuid
             */
            origin: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Result
             * @enum {string}
             */
            result: "created" | "known";
        };
        /**
         * MessageCreate
         * @description A message after *parent_id* (`null`: at the beginning). One with the same parent as another is its edit.
         */
        MessageCreate: {
            /** Parent Id */
            parent_id: string | null;
            /** Parts */
            parts: components["schemas"]["TextInput"][];
            /** Model */
            model?: string | null;
        };
        /**
         * MessagePage
         * @description Part of the active branch, oldest first; *next* leads to the messages before these.
         */
        MessagePage: {
            /** Items */
            items: components["schemas"]["MessageRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * MessageRead
         * @description A message. *siblings* are the messages with the same parent, oldest first, itself included.
         *
         *     While an answer is `streaming` its parts hold what earlier runs brought; the rest comes by its run's events.
         */
        MessageRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * Status
             * @enum {string}
             */
            status: "complete" | "streaming" | "interrupted" | "failed" | "cancelled" | "limited";
            /** Model */
            model: string;
            /** Run Id */
            run_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Parts */
            parts: (components["schemas"]["TextPart"] | components["schemas"]["ReasoningPart"] | components["schemas"]["ToolCallPart"] | components["schemas"]["ErrorPart"] | components["schemas"]["NoticePart"])[];
            /** Siblings */
            siblings: string[];
            usage?: components["schemas"]["UsageRead"] | null;
        };
        /**
         * ModelUsage
         * @description What one model read and wrote in a conversation, in tokens as its provider counted them. *uncounted* are its
         *     runs for which the provider gave no figures, *unpriced* those with figures but without a known price; *costs* are
         *     those of the others, one for each currency.
         */
        ModelUsage: {
            /** Model */
            model: string;
            /** Runs */
            runs: number;
            /** Uncounted */
            uncounted: number;
            /** Input Tokens */
            input_tokens: number;
            /** Output Tokens */
            output_tokens: number;
            /** Unpriced */
            unpriced: number;
            /** Costs */
            costs: components["schemas"]["CostRead"][];
        };
        /**
         * NoticePart
         * @description Something the person should know about the answer.
         */
        NoticePart: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Index */
            index: number;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Type
             * @default notice
             * @constant
             */
            type?: "notice";
        };
        /**
         * Piece
         * @description Some text of a passage; *hit*: it is what was searched for.
         */
        Piece: {
            /** Text */
            text: string;
            /** Hit */
            hit: boolean;
        };
        /**
         * PortableConversation
         * @description A conversation with every branch. *id* tells, when it is read twice, that it is the same one.
         */
        PortableConversation: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Title */
            title: string;
            /**
             * Title By
             * @enum {string}
             */
            title_by: "words" | "model" | "person";
            /** Model */
            model: string;
            /** Folder */
            folder: string | null;
            /** Pinned */
            pinned: boolean;
            /** Archived */
            archived: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Active Message Id */
            active_message_id: string | null;
            /** Messages */
            messages: components["schemas"]["PortableMessage"][];
        };
        /**
         * PortableCost
         * @description What an answer cost when it was written.
         */
        PortableCost: {
            /** Amount */
            amount: string;
            /** Currency */
            currency: string;
        };
        /**
         * PortableFile
         * @description What is written to a file.
         */
        PortableFile: {
            /**
             * Format
             * @constant
             */
            format: "modulon.conversations";
            /**
             * Version
             * @constant
             */
            version: 1;
            /**
             * Exported At
             * Format: date-time
             */
            exported_at: string;
            /** Conversations */
            conversations: components["schemas"]["PortableConversation"][];
        };
        /**
         * PortableMessage
         * @description A message; its parent comes before it in the file.
         */
        PortableMessage: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * Status
             * @enum {string}
             */
            status: "complete" | "streaming" | "interrupted" | "failed" | "cancelled" | "limited";
            /** Model */
            model: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Parts */
            parts: (components["schemas"]["PortableText"] | components["schemas"]["PortableToolCall"] | components["schemas"]["PortableRemark"])[];
            usage?: components["schemas"]["PortableUsage"] | null;
        };
        /**
         * PortableRemark
         * @description Why an answer ended, or something to know about it.
         */
        PortableRemark: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "error" | "notice";
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * PortableText
         * @description Text, or what a model showed of its thinking.
         */
        PortableText: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reasoning" | "text";
            /** Text */
            text: string;
        };
        /**
         * PortableToolCall
         * @description A tool the model wanted to call.
         */
        PortableToolCall: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tool_call";
            /** Call Id */
            call_id: string;
            /** Name */
            name: string;
            /** Arguments */
            arguments: string;
        };
        /**
         * PortableUsage
         * @description Tokens the provider counted, and their cost if a price was known.
         */
        PortableUsage: {
            /** Input Tokens */
            input_tokens: number;
            /** Output Tokens */
            output_tokens: number;
            cost?: components["schemas"]["PortableCost"] | null;
        };
        /**
         * ReasoningPart
         * @description What the model showed of its thinking.
         */
        ReasoningPart: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Index */
            index: number;
            /** Text */
            text: string;
            /**
             * Type
             * @default reasoning
             * @constant
             */
            type?: "reasoning";
        };
        /**
         * Regenerate
         * @description Another answer beside this one, by another model if one is named.
         */
        Regenerate: {
            /** Model */
            model?: string | null;
        };
        /**
         * RunRead
         * @description One attempt to answer.
         */
        RunRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /**
             * Message Id
             * Format: uuid
             */
            message_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | "limited" | "interrupted";
            /** Model */
            model: string;
            /** Parent Run Id */
            parent_run_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finished At */
            finished_at?: string | null;
            error?: components["schemas"]["Fault"] | null;
        };
        /**
         * SearchHit
         * @description Where something was found: in a message, or without *message_id* in the title. *passage* is the text around.
         */
        SearchHit: {
            /**
             * Conversation Id
             * Format: uuid
             */
            conversation_id: string;
            /** Title */
            title: components["schemas"]["Piece"][];
            /** Message Id */
            message_id: string | null;
            /** Role */
            role: ("user" | "assistant") | null;
            /** Passage */
            passage: components["schemas"]["Piece"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Pinned */
            pinned: boolean;
            /** Archived */
            archived: boolean;
            /** Folder Id */
            folder_id: string | null;
        };
        /**
         * SearchPage
         * @description What was found, the newest first; each conversation once on a page. *next* leads to more.
         */
        SearchPage: {
            /** Items */
            items: components["schemas"]["SearchHit"][];
            /** Next */
            next: string | null;
        };
        /**
         * TextInput
         * @description Text a person wrote.
         */
        TextInput: {
            /**
             * Type
             * @constant
             */
            type: "text";
            /** Text */
            text: string;
        };
        /**
         * TextPart
         * @description Some text, Markdown in answers.
         */
        TextPart: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Index */
            index: number;
            /** Text */
            text: string;
            /**
             * Type
             * @default text
             * @constant
             */
            type?: "text";
        };
        /**
         * ToolCallPart
         * @description A tool the model wants to call; *arguments* is JSON text.
         */
        ToolCallPart: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Index */
            index: number;
            /** Call Id */
            call_id: string;
            /** Name */
            name: string;
            /** Arguments */
            arguments: string;
            /**
             * Type
             * @default tool_call
             * @constant
             */
            type?: "tool_call";
        };
        /**
         * UsageRead
         * @description Tokens the provider counted. The cost is that of the time of the answer; `null`: no price was known.
         */
        UsageRead: {
            /** Input Tokens */
            input_tokens: number;
            /** Output Tokens */
            output_tokens: number;
            cost?: components["schemas"]["CostRead"] | null;
        };
        /**
         * Changed
         * @description How many letters there were to act upon.
         */
        Changed: {
            /** Count */
            count: number;
        };
        /**
         * ConsumerList
         * @description Every consumer that has a place in the log.
         */
        ConsumerList: {
            /** Items */
            items: components["schemas"]["ConsumerRead"][];
            /** Next */
            next?: null;
        };
        /**
         * ConsumerRead
         * @description One handler of one module, and how far it has come.
         */
        ConsumerRead: {
            /** Name */
            name: string;
            /** Module */
            module: string;
            /** Types */
            types: string[];
            /**
             * Serves
             * @description Whether its module runs; if not, events wait for it.
             */
            serves: boolean;
            /**
             * Seq
             * @description The last event it was given.
             */
            seq: number;
            /**
             * Lag
             * @description Events of its types after that, counted up to 10,000.
             */
            lag: number;
            /**
             * Waiting
             * @description Events that are tried again by themselves.
             */
            waiting: number;
            /** Dead */
            dead: number;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * Discarded
         * @description Which dead letters; *until* leaves out those that were given up later.
         */
        Discarded: {
            /** Consumer */
            consumer?: string | null;
            /** Seq */
            seq?: number | null;
            /** Until */
            until?: string | null;
        };
        /**
         * EventList
         * @description Events, newest first. *next* is the `cursor` of older ones; what comes later comes `after` *end*.
         */
        EventList: {
            /** Items */
            items: components["schemas"]["EventRead"][];
            /** Next */
            next: string | null;
            /** End */
            end: string;
        };
        /**
         * EventRead
         * @description One event. *actor* is the user who acted; nothing for the server itself.
         */
        EventRead: {
            /** Seq */
            seq: number;
            /**
             * Position
             * @description Where it stands in the log, for `cursor` and `after`.
             */
            position: string;
            /** Type */
            type: string;
            /** Version */
            version: number;
            /**
             * Key
             * @description Events of one key are delivered in their order.
             */
            key: string;
            /** Payload */
            payload: unknown;
            /** Actor */
            actor: string | null;
            /**
             * Actor Name
             * @description Nothing for an account that is gone.
             */
            actor_name: string | null;
            /**
             * Workspace
             * @description Nothing for the whole server.
             */
            workspace: string | null;
            /** Trace */
            trace: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * EventTypes
         * @description The types that stand in the log.
         */
        EventTypes: {
            /** Items */
            items: string[];
            /** Next */
            next?: null;
        };
        /**
         * LetterList
         * @description Some of what could not be handled; how much there is stands with each consumer.
         */
        LetterList: {
            /** Items */
            items: components["schemas"]["LetterRead"][];
            /** Next */
            next?: null;
        };
        /**
         * LetterRead
         * @description An event that a consumer could not handle. *type* is empty if the event is not kept any more.
         */
        LetterRead: {
            /** Consumer */
            consumer: string;
            /** Seq */
            seq: number;
            /** Type */
            type: string;
            /** Key */
            key: string;
            /** Tries */
            tries: number;
            /** Error */
            error: string;
            /**
             * Due At
             * @description When it is tried again; nothing for a dead letter.
             */
            due_at: string | null;
            /** Given Up At */
            given_up_at: string | null;
        };
        /**
         * Letters
         * @description Which letters: one (*consumer* and *seq*), those of one *consumer*, or all.
         */
        Letters: {
            /** Consumer */
            consumer?: string | null;
            /** Seq */
            seq?: number | null;
        };
        /**
         * Replay
         * @description Deliver everything from event *seq* on again.
         */
        Replay: {
            /** Seq */
            seq: number;
        };
        /**
         * ReplayRead
         * @description What is delivered again: *events* of the consumer's types (counted up to 10,000), from *first* on. *last* is the
         *     last event it was given before.
         */
        ReplayRead: {
            /** Consumer */
            consumer: string;
            /** First */
            first: number;
            /** Last */
            last: number;
            /** Events */
            events: number;
        };
        /**
         * HelpHit
         * @description A section that was found: where it stands, its headings from the page down, and words of it.
         */
        HelpHit: {
            /** Page */
            page: string;
            /** Anchor */
            anchor: string;
            /** Title */
            title: string;
            /** Trail */
            trail: string[];
            /** Snippet */
            snippet: string;
        };
        /**
         * HelpHits
         * @description What was found, best first.
         */
        HelpHits: {
            /** Items */
            items: components["schemas"]["HelpHit"][];
        };
        /**
         * HelpPageItem
         * @description A page in the list. *id* is its name below `/help`.
         */
        HelpPageItem: {
            /** Id */
            id: string;
            /**
             * Group
             * @enum {string}
             */
            group: "guide" | "operate" | "develop" | "reference" | "adr" | "modules";
            /** Title */
            title: string;
        };
        /**
         * HelpPageList
         * @description Every page, in the order they are shown.
         */
        HelpPageList: {
            /** Items */
            items: components["schemas"]["HelpPageItem"][];
        };
        /**
         * HelpPageRead
         * @description A page.
         */
        HelpPageRead: {
            /** Id */
            id: string;
            /**
             * Group
             * @enum {string}
             */
            group: "guide" | "operate" | "develop" | "reference" | "adr" | "modules";
            /** Title */
            title: string;
            /** Sections */
            sections: components["schemas"]["HelpSection"][];
        };
        /**
         * HelpSection
         * @description A part of a page under one heading; *text* is Markdown, *level* the depth of its heading, 1 to 6.
         */
        HelpSection: {
            /** Anchor */
            anchor: string;
            /** Level */
            level: number;
            /** Title */
            title: string;
            /** Text */
            text: string;
        };
        /**
         * ModuleList
         * @description Every module that was found, in the order in which they need each other.
         */
        ModuleList: {
            /** Items */
            items: components["schemas"]["ModuleRead"][];
            /** Next */
            next?: null;
        };
        /**
         * ModuleRead
         * @description A module: what it says of itself, what was asked for, and what each process has.
         */
        ModuleRead: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Version */
            version: string;
            /** Description */
            description: string;
            /** Author */
            author: string;
            /**
             * Type
             * @enum {string}
             */
            type: "core" | "standard" | "plugin" | "extension";
            /**
             * Icon
             * @description Of its first page that has one.
             */
            icon: string;
            /** Enabled */
            enabled: boolean;
            /**
             * Shipped
             * @description Whether it came with Modulon.
             */
            shipped: boolean;
            /** Switchable */
            switchable: boolean;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "starting" | "draining" | "failed" | "disabled" | "blocked";
            obstacle: components["schemas"]["ObstacleRead"] | null;
            /** Requires */
            requires: {
                [key: string]: string;
            };
            /** Required By */
            required_by: string[];
            /** Optional */
            optional: {
                [key: string]: string;
            };
            /** Permissions */
            permissions: components["schemas"]["PermissionRead"][];
            /** Tables */
            tables: string[];
            /**
             * Paths
             * @description Where it answers: below /api, and beside it.
             */
            paths: string[];
            /** Routes */
            routes: number;
            /** Listens To */
            listens_to: string[];
            /** Emits */
            emits: string[];
            /**
             * Scopes
             * @description The scopes at which it has settings.
             */
            scopes: ("system" | "workspace" | "user")[];
            /** Observed */
            observed: components["schemas"]["ObservedRead"][];
            /** Generation */
            generation: number;
            /** Changed By */
            changed_by: string | null;
            /**
             * Changed By Name
             * @description Nothing for the command line, or an account that is gone.
             */
            changed_by_name: string | null;
            /** Changed At */
            changed_at: string | null;
        };
        /**
         * ModuleUpdate
         * @description Switch a module. With *with_others*, also what it needs (when it is enabled) or what needs it (when it is
         *     disabled).
         */
        ModuleUpdate: {
            /** Enabled */
            enabled: boolean;
            /**
             * With Others
             * @default false
             */
            with_others?: boolean;
        };
        /**
         * ModulesSwitched
         * @description The module after the change, and the ids of all that changed.
         */
        ModulesSwitched: {
            module: components["schemas"]["ModuleRead"];
            /** Changed */
            changed: string[];
        };
        /**
         * ObservedRead
         * @description What one process has of a module, and saw of it since its start. *error* is the last traceback, if there is
         *     one.
         */
        ObservedRead: {
            /** Node */
            node: string;
            /** Pid */
            pid: number;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "starting" | "draining" | "failed" | "disabled" | "blocked";
            /** Generation */
            generation: number;
            /** Version */
            version: string;
            /** Load Ms */
            load_ms: number;
            /**
             * Requests
             * @description Requests answered.
             */
            requests: number;
            /**
             * Errors
             * @description Those of them that failed by a fault of the server.
             */
            errors: number;
            /**
             * P95 Ms
             * @description Within how long 95 of 100 were answered, streams left out.
             */
            p95_ms: number;
            /** Error */
            error: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ObstacleRead
         * @description What keeps a module from running: a sentence, and the modules from it to the cause.
         */
        ObstacleRead: {
            /**
             * Code
             * @enum {string}
             */
            code: "manifest" | "api" | "missing" | "version" | "cycle" | "owner" | "duplicate" | "dependency" | "import" | "safe";
            /** Reason */
            reason: string;
            /** Chain */
            chain: string[];
        };
        /**
         * PermissionRead
         * @description What a module asks for, and why, in its author's words.
         */
        PermissionRead: {
            /** Name */
            name: string;
            /** Reason */
            reason: string;
        };
        /**
         * SettingChangeRead
         * @description One change. A secret's values are not told.
         */
        SettingChangeRead: {
            /** Key */
            key: string;
            /** Old */
            old: unknown;
            /** New */
            new: unknown;
            /** Changed By */
            changed_by: string | null;
            /**
             * Changed By Name
             * @description Nothing for the command line, or an account that is gone.
             */
            changed_by_name: string | null;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
        };
        /**
         * SettingHistory
         * @description The last changes at one scope, newest first.
         */
        SettingHistory: {
            /**
             * Scope
             * @enum {string}
             */
            scope: "system" | "workspace" | "user";
            /** Items */
            items: components["schemas"]["SettingChangeRead"][];
        };
        /**
         * SettingList
         * @description A module's settings at one scope.
         */
        SettingList: {
            /**
             * Scope
             * @enum {string}
             */
            scope: "system" | "workspace" | "user";
            /** Items */
            items: components["schemas"]["SettingRead"][];
        };
        /**
         * SettingRead
         * @description One setting at one scope: what counts there, where that comes from, and what values fit (a JSON schema). A secret
         *     has no value to read.
         */
        SettingRead: {
            /** Key */
            key: string;
            /** Schema */
            schema: {
                [key: string]: unknown;
            };
            /** Value */
            value: unknown;
            /**
             * Source
             * @enum {string}
             */
            source: "default" | "system" | "workspace" | "user";
            /**
             * Own
             * @description Whether it is set at this very scope.
             */
            own: boolean;
            /** Secret */
            secret: boolean;
        };
        /**
         * SettingsUpdate
         * @description Values to set, by name; `null` returns to what lies below. All or none.
         */
        SettingsUpdate: {
            /**
             * Scope
             * @enum {string}
             */
            scope: "system" | "workspace" | "user";
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * Breaker
         * @description Whether requests are sent: `open` says not for `wait` seconds, after so many `failures` in a row.
         */
        Breaker: {
            /**
             * State
             * @enum {string}
             */
            state: "closed" | "open" | "half_open";
            /** Failures */
            failures: number;
            /** Wait */
            wait: number;
        };
        /**
         * Consequences
         * @description What stops working when a provider is deleted. `used` counts what is bound to its models, by kind.
         */
        Consequences: {
            /** Models */
            models: number;
            /** Enabled */
            enabled: number;
            /** Names */
            names: string[];
            /** Aliases */
            aliases: string[];
            /** Used */
            used: {
                [key: string]: number;
            };
        };
        /**
         * FoundServer
         * @description A server on this machine: at most ten of its models by name, and how many there are.
         */
        FoundServer: {
            /** Preset */
            preset: string;
            /** Name */
            name: string;
            /** Endpoint */
            endpoint: string;
            /** Latency Ms */
            latency_ms: number;
            /** Needs Key */
            needs_key: boolean;
            /** Models */
            models: string[];
            /** Total */
            total: number;
            /** Provider */
            provider: string | null;
        };
        /**
         * Health
         * @description What the last try showed.
         */
        Health: {
            /**
             * State
             * @enum {string}
             */
            state: "unknown" | "healthy" | "failing";
            /** Checked At */
            checked_at: string | null;
            /** Latency Ms */
            latency_ms: number | null;
            error: components["schemas"]["HealthError"] | null;
        };
        /**
         * HealthError
         * @description Why the last try failed.
         */
        HealthError: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * KeyShown
         * @description A key whose vendor is wanted. It is looked at and not kept.
         */
        KeyShown: {
            /**
             * Api Key
             * Format: password
             */
            api_key: string;
        };
        /**
         * LookAround
         * @description What was found; `asked` are the ports, ours left out.
         */
        LookAround: {
            /** Asked */
            asked: number[];
            /** Found */
            found: components["schemas"]["FoundServer"][];
        };
        /**
         * ModelChange
         * @description What to change of a model (JSON Merge Patch). `alias` is a name of one's own; `null` takes it away. `price` is
         *     set as a whole; `null` forgets it until the provider's list tells one.
         */
        ModelChange: {
            /**
             * Enabled
             * @default false
             */
            enabled?: boolean;
            /**
             * Pinned
             * @default false
             */
            pinned?: boolean;
            /** Alias */
            alias?: string | null;
            price?: components["schemas"]["PriceSet"] | null;
        };
        /**
         * ModelCount
         * @description How many models a provider has.
         */
        ModelCount: {
            /** Total */
            total: number;
            /** Enabled */
            enabled: number;
        };
        /**
         * ModelPage
         * @description A page of models on offer.
         */
        ModelPage: {
            /** Items */
            items: components["schemas"]["ModelRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * ModelProviderRead
         * @description Whose model it is.
         */
        ModelProviderRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * ModelRead
         * @description A model on offer. `id` is what requests name it by; `reason` says why it is not `available`. Without a `price` it
         *     is not known.
         */
        ModelRead: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            provider: components["schemas"]["ModelProviderRead"];
            /** Local */
            local: boolean;
            /** Context Window */
            context_window: number | null;
            /** Capabilities */
            capabilities: string[];
            /** Alias */
            alias: string | null;
            /** Pinned */
            pinned: boolean;
            price: components["schemas"]["PriceRead"] | null;
            /** Available */
            available: boolean;
            /** Reason */
            reason: string | null;
        };
        /**
         * ModelSwitch
         * @description Which models to switch: those named, or all that the search `q` finds.
         */
        ModelSwitch: {
            /** Enabled */
            enabled: boolean;
            /** Models */
            models?: string[] | null;
            /**
             * Q
             * @default
             */
            q?: string;
        };
        /**
         * ModelToggle
         * @description Whether people may use the model.
         */
        ModelToggle: {
            /** Enabled */
            enabled: boolean;
        };
        /**
         * PresetPage
         * @description All presets.
         */
        PresetPage: {
            /** Items */
            items: components["schemas"]["PresetRead"][];
            /** Next */
            next?: null;
        };
        /**
         * PresetRead
         * @description A provider people use. `shape` is an expression its keys match; an address that is not `complete` has a part
         *     in angle brackets that the person fills in. `probe` says that a look around this machine asks for it.
         */
        PresetRead: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /** Endpoint */
            endpoint: string;
            /** Complete */
            complete: boolean;
            /**
             * Key
             * @enum {string}
             */
            key: "none" | "optional" | "needed";
            /** Shape */
            shape: string | null;
            /** Key Url */
            key_url: string | null;
            /** Local */
            local: boolean;
            /** Probe */
            probe: boolean;
        };
        /**
         * PriceRead
         * @description What a million tokens cost, as decimal texts in `currency`; `0` is free. `cached` is left out where cached
         *     tokens cost what others do.
         */
        PriceRead: {
            /** Input */
            input: string;
            /** Output */
            output: string;
            /** Cached */
            cached: string | null;
            /** Currency */
            currency: string;
        };
        /**
         * PriceSet
         * @description What a million tokens cost, in decimal texts of `currency`. Without `cached`, cached tokens cost as much.
         */
        PriceSet: {
            /** Input */
            input: string;
            /** Output */
            output: string;
            /** Cached */
            cached?: string | null;
            /** Currency */
            currency: string;
        };
        /**
         * ProviderChange
         * @description What to change (JSON Merge Patch): `api_key` a text sets it, `null` removes it, left out keeps it.
         */
        ProviderChange: {
            /** Name */
            name?: string | null;
            /** Type */
            type?: string | null;
            /** Endpoint */
            endpoint?: string | null;
            /** Api Key */
            api_key?: string | null;
            /** Enabled */
            enabled?: boolean | null;
        };
        /**
         * ProviderCreate
         * @description A new provider. Its models are asked for at once.
         */
        ProviderCreate: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Endpoint */
            endpoint: string;
            /** Api Key */
            api_key?: string | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
        };
        /**
         * ProviderModelPage
         * @description A page of a provider's models.
         */
        ProviderModelPage: {
            /** Items */
            items: components["schemas"]["ProviderModelRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * ProviderModelRead
         * @description One model of a provider. `model_id` is the vendor's name for it. Without a `price` it is not known; `price_by`
         *     says whether an admin set it or the provider lists it.
         */
        ProviderModelRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Model Id */
            model_id: string;
            /** Model Name */
            model_name: string;
            /** Enabled */
            enabled: boolean;
            /** Context Window */
            context_window: number | null;
            /** Capabilities */
            capabilities: string[];
            /** Parameters */
            parameters: {
                [key: string]: unknown;
            };
            /** Alias */
            alias: string | null;
            /** Pinned */
            pinned: boolean;
            price: components["schemas"]["PriceRead"] | null;
            /** Price By */
            price_by: ("admin" | "provider") | null;
        };
        /**
         * ProviderPage
         * @description A page of providers.
         */
        ProviderPage: {
            /** Items */
            items: components["schemas"]["ProviderRead"][];
            /** Next */
            next: string | null;
        };
        /**
         * ProviderRead
         * @description A provider. `endpoint`, `key_hint` and the error's words are for those who may change it.
         */
        ProviderRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Slug */
            slug: string;
            /** Type */
            type: string;
            /** Endpoint */
            endpoint: string | null;
            /** Enabled */
            enabled: boolean;
            /** Key Hint */
            key_hint: string | null;
            health: components["schemas"]["Health"];
            breaker: components["schemas"]["Breaker"];
            models: components["schemas"]["ModelCount"];
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
        };
        /**
         * ProviderReplace
         * @description All that can be set of a provider. A key that is left out stays, unless the address leads to another host.
         */
        ProviderReplace: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Endpoint */
            endpoint: string;
            /** Api Key */
            api_key?: string | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
        };
        /**
         * Recognised
         * @description The presets a key may belong to: one is certain, several must be asked about, none is unknown.
         */
        Recognised: {
            /** Presets */
            presets: string[];
        };
        /**
         * Refreshed
         * @description What a refresh found.
         */
        Refreshed: {
            /** Added */
            added: number;
            /** Removed */
            removed: number;
            /** Total */
            total: number;
        };
        /**
         * Switched
         * @description How many models were not as wanted before.
         */
        Switched: {
            /** Changed */
            changed: number;
        };
        /**
         * TestResult
         * @description The outcome of a test.
         */
        TestResult: {
            health: components["schemas"]["Health"];
        };
        /**
         * WorkspaceCreate
         * @description A new workspace.
         */
        WorkspaceCreate: {
            /** Name */
            name: string;
        };
        /**
         * WorkspaceList
         * @description The workspaces the caller is a member of.
         */
        WorkspaceList: {
            /** Items */
            items: components["schemas"]["WorkspaceRead"][];
            /** Next */
            next?: null;
        };
        /**
         * WorkspaceRead
         * @description A workspace and the caller's role in it.
         */
        WorkspaceRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Personal */
            personal: boolean;
            /**
             * Role
             * @enum {string}
             */
            role: "viewer" | "editor" | "manager";
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * WorkspaceUpdate
         * @description What changes; what is left out stays as it is.
         */
        WorkspaceUpdate: {
            /** Name */
            name?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
