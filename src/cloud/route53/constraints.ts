import type { Constraint, Constraints, ServiceConstraints } from "../constraint.ts";
import { regionFacts, regionsOf } from "../region.ts";
import type { Partition } from "../region.ts";
import { CHECKER_REGIONS } from "./checkers.ts";
import { HEALTH_CHECK_TYPES } from "./health-check-config.ts";
import {
  COMMENT_CHARACTERS_MAX,
  HEALTH_CHECK_CHILDREN_MAX,
  HEALTH_CHECK_ID_CHARACTERS_MAX,
  NAME_CHARACTERS_MAX,
  SET_IDENTIFIER_CHARACTERS_MAX,
  TAGGED_RESOURCES_MAX,
  TAGS_MAX,
  TAG_KEY_CHARACTERS_MAX,
  TAG_VALUE_CHARACTERS_MAX,
  TTL_MAX,
  VALUE_CHARACTERS_MAX,
  ZONE_ID_CHARACTERS_MAX,
} from "./limits.ts";
import { CHANGE_ACTIONS, RECORD_TYPE_NAMES } from "./record-shape.ts";

// Members without a length, range or list of values of their own (booleans, MaxItems) are not here; the form of names
// and addresses is the operations' own matter, as those say what is wrong with them.

const PARTITIONS: readonly Partition[] = [
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
];
const REGIONS = PARTITIONS.flatMap(regionsOf).map(({ code }) => code);

// Clients may leave the prefix of an id on it: `/hostedzone/Z1`.
const ZONE_ID: Constraint = { max: ZONE_ID_CHARACTERS_MAX + "/hostedzone/".length };
const CHECK_ID: Constraint = { max: HEALTH_CHECK_ID_CHARACTERS_MAX };
const NAME: Constraint = { max: NAME_CHARACTERS_MAX };
const COMMENT: Constraint = { max: COMMENT_CHARACTERS_MAX };
const RECORD_TYPE: Constraint = { values: RECORD_TYPE_NAMES };
const SET_IDENTIFIER: Constraint = { min: 1, max: SET_IDENTIFIER_CHARACTERS_MAX };
const ADDRESS: Constraint = { max: 45 };
const MARKER: Constraint = { max: 64 };
const REGION: Constraint = { min: 1, max: 64, values: REGIONS };

const RECORD_SET: Constraints = {
  Name: NAME,
  Type: RECORD_TYPE,
  SetIdentifier: SET_IDENTIFIER,
  Weight: { min: 0, max: 255 },
  Region: { min: 1, max: 64, values: REGIONS.filter((region) => regionFacts(region)?.latency) },
  Failover: { values: ["PRIMARY", "SECONDARY"] },
  TTL: { min: 0, max: TTL_MAX },
  GeoLocation: {
    members: {
      ContinentCode: { min: 2, max: 2 },
      CountryCode: { min: 1, max: 2 },
      SubdivisionCode: { min: 1, max: 3 },
    },
  },
  ResourceRecords: { each: { members: { Value: { max: VALUE_CHARACTERS_MAX } } } },
  AliasTarget: { members: { HostedZoneId: ZONE_ID, DNSName: NAME } },
  HealthCheckId: CHECK_ID,
  TrafficPolicyInstanceId: { min: 1, max: 36 },
  CidrRoutingConfig: {
    members: {
      CollectionId: { pattern: /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/ },
      LocationName: { min: 1, max: 16, pattern: /[0-9A-Za-z_\-*]+/ },
    },
  },
  GeoProximityLocation: {
    members: {
      AWSRegion: { min: 1, max: 64 },
      LocalZoneGroup: { min: 1, max: 64 },
      Bias: { min: -99, max: 99 },
    },
  },
};

const CHECK_SETTINGS: Constraints = {
  IPAddress: ADDRESS,
  Port: { min: 1, max: 65_535 },
  ResourcePath: { max: 255 },
  FullyQualifiedDomainName: { max: 255 },
  SearchString: { max: 255 },
  FailureThreshold: { min: 1, max: 10 },
  HealthThreshold: { min: 0, max: 256 },
  ChildHealthChecks: { max: HEALTH_CHECK_CHILDREN_MAX, each: CHECK_ID },
  Regions: { min: 3, max: 64, each: { min: 1, max: 64, values: CHECKER_REGIONS } },
  AlarmIdentifier: { members: { Region: REGION, Name: { min: 1, max: 256 } } },
  InsufficientDataHealthStatus: { values: ["Healthy", "Unhealthy", "LastKnownStatus"] },
};

const TAG_KEY: Constraint = { max: TAG_KEY_CHARACTERS_MAX };
const TAGGED: Constraints = {
  ResourceType: { values: ["healthcheck", "hostedzone"] },
  ResourceId: { max: 64 },
};

const ZONE: Constraints = { Id: ZONE_ID };
const CHECK: Constraints = { HealthCheckId: CHECK_ID };

/** Lengths, ranges, patterns and values of members. Source: Route 53 API reference, each operation's page, checked 2026-11-23. */
export const ROUTE53_CONSTRAINTS: ServiceConstraints = {
  code: "InvalidInput",
  operations: {
    ChangeResourceRecordSets: {
      HostedZoneId: ZONE_ID,
      ChangeBatch: {
        members: {
          Comment: COMMENT,
          Changes: {
            min: 1,
            each: { members: { Action: { values: CHANGE_ACTIONS }, ResourceRecordSet: { members: RECORD_SET } } },
          },
        },
      },
    },
    ChangeTagsForResource: {
      ...TAGGED,
      AddTags: { min: 1, max: TAGS_MAX, each: { members: { Key: TAG_KEY, Value: { max: TAG_VALUE_CHARACTERS_MAX } } } },
      RemoveTagKeys: { min: 1, max: TAGS_MAX, each: TAG_KEY },
    },
    CreateHealthCheck: {
      CallerReference: { min: 1, max: 64 },
      HealthCheckConfig: {
        members: { ...CHECK_SETTINGS, Type: { values: HEALTH_CHECK_TYPES }, RequestInterval: { min: 10, max: 30 } },
      },
    },
    CreateHostedZone: {
      Name: NAME,
      CallerReference: { min: 1, max: 128 },
      VPC: { members: { VPCRegion: REGION, VPCId: { max: 1_024 } } },
      HostedZoneConfig: { members: { Comment: COMMENT } },
      DelegationSetId: ZONE_ID,
    },
    DeleteHealthCheck: CHECK,
    DeleteHostedZone: ZONE,
    GetAccountLimit: {
      Type: {
        values: [
          "MAX_HEALTH_CHECKS_BY_OWNER",
          "MAX_HOSTED_ZONES_BY_OWNER",
          "MAX_TRAFFIC_POLICY_INSTANCES_BY_OWNER",
          "MAX_REUSABLE_DELEGATION_SETS_BY_OWNER",
          "MAX_TRAFFIC_POLICIES_BY_OWNER",
        ],
      },
    },
    GetChange: { Id: { min: 1, max: 6_500 } },
    GetDNSSEC: { HostedZoneId: ZONE_ID },
    GetHealthCheck: CHECK,
    GetHealthCheckLastFailureReason: CHECK,
    GetHealthCheckStatus: CHECK,
    GetHostedZone: ZONE,
    GetHostedZoneLimit: {
      HostedZoneId: ZONE_ID,
      Type: { values: ["MAX_RRSETS_BY_ZONE", "MAX_VPCS_ASSOCIATED_BY_ZONE"] },
    },
    ListHealthChecks: { Marker: MARKER },
    ListHostedZones: { Marker: MARKER, DelegationSetId: ZONE_ID, HostedZoneType: { values: ["PrivateHostedZone"] } },
    ListHostedZonesByName: { DNSName: NAME, HostedZoneId: ZONE_ID },
    ListResourceRecordSets: {
      HostedZoneId: ZONE_ID,
      StartRecordName: NAME,
      StartRecordType: RECORD_TYPE,
      StartRecordIdentifier: SET_IDENTIFIER,
    },
    ListTagsForResource: TAGGED,
    ListTagsForResources: {
      ResourceType: { values: ["healthcheck", "hostedzone"] },
      ResourceIds: { min: 1, max: TAGGED_RESOURCES_MAX, each: { max: 64 } },
    },
    TestDNSAnswer: {
      HostedZoneId: ZONE_ID,
      RecordName: NAME,
      RecordType: RECORD_TYPE,
      ResolverIP: ADDRESS,
      EDNS0ClientSubnetIP: ADDRESS,
      EDNS0ClientSubnetMask: { max: 3 },
    },
    UpdateHealthCheck: {
      ...CHECK,
      ...CHECK_SETTINGS,
      HealthCheckVersion: { min: 1 },
      ResetElements: {
        max: 64,
        each: { min: 1, max: 64, values: ["FullyQualifiedDomainName", "Regions", "ResourcePath", "ChildHealthChecks"] },
      },
    },
    UpdateHostedZoneComment: { ...ZONE, Comment: COMMENT },
  },
};
