import { uploadResults, type UploadResults } from '@dramatis/contracts/source';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiOperator, ApiProblems } from '../http/api-docs.js';
import { UploadsService } from './uploads.service.js';

@ApiTags('Administration')
@Controller('api/admin/uploads')
@ApiOperator()
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Upload files for sources',
    description: 'Up to 100 files of up to 50 MB each. A file that is not taken does not stop the others; each has an answer of its own, in their order.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } } } })
  @ApiResponse({ status: 200, standardSchema: uploadResults })
  @ApiProblems('unsupported_media_type')
  upload(@Req() request: Request): Promise<UploadResults> {
    return this.uploads.take(request);
  }
}
